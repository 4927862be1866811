my_levels_before = [1, 1, 1, 1, 1, 0, 1, 1, 3, 1, 1, 2, 1]
