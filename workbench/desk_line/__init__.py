"""The short way from the transcript pane to the study, beside Streamlit's reruns."""
