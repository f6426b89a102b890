"""What the debrief team reads and takes away: themes, judged pairs, the debrief."""
