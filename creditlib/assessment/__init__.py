"""Chapter 2: how a customer is assessed, by numbers and by judgement."""
