"""How a pair of cases progressed from referral on, and what two judges say of it."""
