"""Reading what belongs to interviews: transcripts, who is who, the codebook."""
