"""What the page of analysis templates shows: questions, records, the transcript."""
