"""Chapter 1: what credit costs and earns, the policy that grants it, and how receivables turn."""
