"""Writing what people receive: one module an output."""
