"""Reading what is known of cases: the cases, how they were chosen, the plan."""
