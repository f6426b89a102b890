"""What a researcher does, one function each, over a study store; no Streamlit."""
