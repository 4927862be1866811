"""Chapter 4: plan, letters, calls, interest, limitation, evidence."""
