"""Simulated classes for the similarity hint: answers written independently, and copies of them."""

import ast
import random

NAMES = [f"{word}_x" for word in ("alpha", "rest", "part", "both", "each", "whole", "piece", "day")]


class Style(ast.NodeTransformer):
    """Writes the same code another way; `often` is how often where it could."""

    def __init__(self, chance, often):
        self.chance, self.often = chance, often

    def takes(self):
        return self.chance.random() < self.often

    def visit_Compare(self, node):
        self.generic_visit(node)
        turned = {ast.Lt: ast.Gt, ast.Gt: ast.Lt, ast.LtE: ast.GtE, ast.GtE: ast.LtE}
        if len(node.ops) == 1 and type(node.ops[0]) in turned and self.takes():
            sign = turned[type(node.ops[0])]()
            return ast.Compare(node.comparators[0], [sign], [node.left])
        return node

    def visit_BinOp(self, node):
        self.generic_visit(node)
        if isinstance(node.op, ast.Add | ast.Mult) and self.takes():
            return ast.BinOp(node.right, node.op, node.left)
        return node

    def visit_AugAssign(self, node):
        self.generic_visit(node)
        if self.takes():
            old = ast.parse(ast.unparse(node.target), mode="eval").body
            return ast.Assign([node.target], ast.BinOp(old, node.op, node.value), lineno=0)
        return node

    def visit_Return(self, node):
        self.generic_visit(node)
        if isinstance(node.value, ast.IfExp) and self.takes():
            choice = node.value
            return [
                ast.If(choice.test, [ast.Return(choice.body)], []),
                ast.Return(choice.orelse),
            ]
        parts = []
        if isinstance(node.value, ast.BinOp):
            for side in ("left", "right"):
                part = getattr(node.value, side)
                if not isinstance(part, ast.Name | ast.Constant) and self.takes():
                    parts.append(ast.Assign([ast.Name(f"{side}_part")], part, lineno=0))
                    setattr(node.value, side, ast.Name(f"{side}_part"))
        if node.value and not isinstance(node.value, ast.Name) and self.takes():
            parts.append(ast.Assign([ast.Name("answer")], node.value, lineno=0))
            node = ast.Return(ast.Name("answer"))
        return [*parts, node]

    def visit_Assign(self, node):
        self.generic_visit(node)
        made = node.value
        plain = isinstance(made, ast.ListComp) and len(made.generators) == 1
        if plain and isinstance(node.targets[0], ast.Name) and self.takes():
            name, [each] = node.targets[0].id, made.generators
            add = ast.parse(f"{name}.append(x)").body[0]
            add.value.args = [made.elt]
            body = [ast.If(each.ifs[0], [add], [])] if each.ifs else [add]
            loop = ast.For(each.target, each.iter, body, [], lineno=0)
            return [ast.Assign(node.targets, ast.List([]), lineno=0), loop]
        return node


class Renamed(ast.NodeTransformer):
    """Gives every name that the writer chose another one, in the order of a shuffled list."""

    def __init__(self, tree, chance):
        stored = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and _stores(n)}
        stored |= {n.arg for n in ast.walk(tree) if isinstance(n, ast.arg)}
        fresh = chance.sample(NAMES, len(NAMES))
        self.names = {old: f"{fresh[i % len(fresh)]}_{i}" for i, old in enumerate(sorted(stored))}

    def visit_Name(self, node):
        node.id = self.names.get(node.id, node.id)
        return node

    def visit_arg(self, node):
        node.arg = self.names.get(node.arg, node.arg)
        return node


def _stores(node):
    return isinstance(node.ctx, ast.Store)


def varied(source, chance, often=0.35):
    """Return an answer as somebody else would have written it, with the same idea."""
    styled = ast.fix_missing_locations(Style(chance, often).visit(ast.parse(source)))
    tree = ast.parse(ast.unparse(styled))
    return ast.unparse(Renamed(tree, chance).visit(tree))


def copied(source, chance, often=0.08):
    """Return a copy in disguise: other names, other comments, assignments in another order."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        for place in range(len(body) - 1 if isinstance(body, list) else 0):
            pair = body[place : place + 2]
            if all(isinstance(one, ast.Assign) for one in pair) and chance.random() < 0.7:
                body[place : place + 2] = pair[::-1]
    disguised = varied(ast.unparse(tree), chance, often)
    return "# 自己写的\n" + disguised.replace("\n", "  # ok\n", 1)


def simulated(bank, count, chance):
    """Return the answers of `count` trainees who wrote alone, and the mistakes in them."""
    answers, faults = {}, {}
    for number in range(count):
        ability, own = chance.uniform(0.3, 0.95), {}
        wrong = faults.setdefault(f"t{number}", {})
        for question, known in bank.items():
            right = chance.random() < ability
            if not right and chance.random() < 0.2:
                continue
            one = chance.choice([answer for answer in known if answer.right == right])
            own[question] = varied(one.source, chance)
            if not right:
                wrong[question] = one.name
        answers[f"t{number}"] = own
    return answers, faults


def with_copies(answers, faults, pairs, share, chance):
    """Let `pairs` trainees copy a `share` of their answers; return who from whom."""
    names = chance.sample(sorted(answers), 2 * pairs)
    planted = []
    for one, other in zip(names[::2], names[1::2], strict=True):
        taken = chance.sample(sorted(answers[one]), round(share * len(answers[one])))
        for question in taken:
            answers[other][question] = copied(answers[one][question], chance)
            faults[other].pop(question, None)
            if question in faults[one]:
                faults[other][question] = faults[one][question]
        planted.append(tuple(sorted((one, other))))
    return planted


def chance_of(seed):
    return random.Random(seed)
