"""Reading what is said under themes, and keeping what does not fit them."""
