"""The course's data: loaders, and the generator of the fictional company's world."""
