"""The Streamlit app, the actions behind it and the command line."""
