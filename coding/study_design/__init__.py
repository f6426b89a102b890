"""The design of a study: who is aimed for and who is reached, waves, topic guides."""
