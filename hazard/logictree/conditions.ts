import type { Condition } from './choices.js';

/** A text that is equal for equal lists of conditions. */
export function conditionsKey(conditions: readonly Condition[]): string {
  return conditions.length === 1 ? conditionKey(conditions[0]) : conditions.map(conditionKey).sort().join('|');
}

function conditionKey(condition: Condition): string {
  // most conditions are of one choice, and there are as many of them as there are sources and branches
  if (condition.size === 1) for (const [choice, branches] of condition) return `${choice}:${branches.join(' ')}`;
  return [...condition]
    .sort(([a], [b]) => a - b)
    .map(([choice, branches]) => `${choice}:${branches.join(' ')}`)
    .join(';');
}

/** The condition with one choice more. Errors: RangeError when it says something of that choice already. */
export function narrowed(condition: Condition, choice: number, branches: readonly number[]): Condition {
  if (condition.has(choice)) throw new RangeError(`choice ${choice} stands in the condition already`);
  return new Map([...condition, [choice, branches]]);
}

/** True when some paths fulfil both. */
export function compatible(a: Condition, b: Condition): boolean {
  for (const [choice, branches] of a) {
    const others = b.get(choice);
    if (others && !branches.some((branch) => others.includes(branch))) return false;
  }
  return true;
}

/**
 * Joins conditions that differ in one choice only, and leaves out choices that allow every branch. The paths stay the same,
 * those that several conditions hold for counted as often as before.
 * @param sizes branches of each choice
 */
export function joined(conditions: readonly Condition[], sizes: readonly number[]): readonly Condition[] {
  let current = conditions.map((condition) => withoutFree(condition, sizes));
  for (let before = Infinity; current.length > 1 && current.length < before;) {
    before = current.length;
    const choices = new Set(current.flatMap((condition) => [...condition.keys()]));
    for (const choice of choices) current = joinedOver(choice, current, sizes);
  }
  return current;
}

function withoutFree(condition: Condition, sizes: readonly number[]): Condition {
  for (const [choice, branches] of condition)
    if (branches.length === sizes[choice])
      return new Map([...condition].filter(([key, { length }]) => length < sizes[key]));
  return condition;
}

function joinedOver(choice: number, conditions: readonly Condition[], sizes: readonly number[]): Condition[] {
  const result: Condition[] = [];
  const groups = new Map<string, { rest: Condition; branches: Set<number> }>();
  for (const condition of conditions) {
    const branches = condition.get(choice);
    if (!branches) {
      result.push(condition);
      continue;
    }
    const rest = new Map([...condition].filter(([key]) => key !== choice));
    const key = conditionKey(rest);
    const group = groups.get(key);
    if (!group) groups.set(key, { rest, branches: new Set(branches) });
    // what holds twice has to stay twice
    else if (branches.some((branch) => group.branches.has(branch))) result.push(condition);
    else for (const branch of branches) group.branches.add(branch);
  }
  for (const { rest, branches } of groups.values())
    result.push(
      branches.size === sizes[choice]
        ? rest
        : narrowed(
            rest,
            choice,
            [...branches].sort((a, b) => a - b),
          ),
    );
  return result;
}

/** Conditions met so far; finds out whether a further one can hold together with any of them without trying all. */
export class SeenConditions {
  private always = false;
  /** by smallest choice and its branches */
  private readonly seen = new Map<number, Map<number, Condition[]>>();

  /** Whether some paths fulfil both the condition and one added before. */
  meets(condition: Condition): boolean {
    if (this.always || (condition.size === 0 && this.seen.size > 0)) return true;
    const [choice, branches] = smallestTerm(condition);
    for (const [other, byBranch] of this.seen) {
      const lists = other === choice ? branches.map((branch) => byBranch.get(branch) ?? []) : byBranch.values();
      for (const list of lists) if (list.some((one) => compatible(one, condition))) return true;
    }
    return false;
  }

  add(condition: Condition): void {
    if (condition.size === 0) {
      this.always = true;
      return;
    }
    const [choice, branches] = smallestTerm(condition);
    const byBranch = this.seen.get(choice) ?? new Map<number, Condition[]>();
    this.seen.set(choice, byBranch);
    for (const branch of branches) {
      const list = byBranch.get(branch);
      if (list) list.push(condition);
      else byBranch.set(branch, [condition]);
    }
  }
}

function smallestTerm(condition: Condition): readonly [number, readonly number[]] {
  let smallest: readonly [number, readonly number[]] = [Infinity, []];
  for (const term of condition) if (term[0] < smallest[0]) smallest = term;
  return smallest;
}

/** Conditions over the same choices with one branch for each: found by these branches at once. */
interface ExactConditions {
  readonly choices: readonly number[];
  /** numbers of the lists by branches */
  readonly lists: Map<string, number[]>;
}

/** Lists of conditions by number; finds those that a path fulfils without trying all. */
export class ConditionIndex {
  private readonly exact = new Map<string, ExactConditions>();
  /** conditions with several branches for a choice: by choice and branch of the term with the fewest */
  private readonly byTerm = new Map<number, Map<number, { number: number; condition: Condition }[]>>();

  constructor(lists: readonly (readonly Condition[])[]) {
    lists.forEach((conditions, number) => {
      for (const condition of conditions)
        if ([...condition.values()].every(({ length }) => length === 1)) this.addExact(number, condition);
        else this.add(number, condition);
    });
  }

  private addExact(number: number, condition: Condition): void {
    const choices = [...condition.keys()].sort((a, b) => a - b);
    const over = choices.join(' ');
    const known = this.exact.get(over) ?? { choices, lists: new Map<string, number[]>() };
    this.exact.set(over, known);
    const key = choices.map((choice) => condition.get(choice)![0]).join(' ');
    const numbers = known.lists.get(key);
    if (numbers) numbers.push(number);
    else known.lists.set(key, [number]);
  }

  private add(number: number, condition: Condition): void {
    const [[choice, branches]] = [...condition].sort(([, a], [, b]) => a.length - b.length);
    const byBranch = this.byTerm.get(choice) ?? new Map<number, { number: number; condition: Condition }[]>();
    this.byTerm.set(choice, byBranch);
    for (const branch of branches) {
      const entries = byBranch.get(branch);
      if (entries) entries.push({ number, condition });
      else byBranch.set(branch, [{ number, condition }]);
    }
  }

  /** Numbers of the lists, ascending, each as often as conditions of it hold. `taken`: branch by choice, -1 for none. */
  holding(taken: ArrayLike<number>): number[] {
    const found: number[] = [];
    for (const { choices, lists } of this.exact.values())
      for (const number of lists.get(choices.map((choice) => taken[choice]).join(' ')) ?? []) found.push(number);
    for (const [choice, byBranch] of this.byTerm)
      for (const { number, condition } of byBranch.get(taken[choice]) ?? [])
        if (holds(condition, taken)) found.push(number);
    return found.sort((a, b) => a - b);
  }
}

function holds(condition: Condition, taken: ArrayLike<number>): boolean {
  for (const [choice, branches] of condition) if (!branches.includes(taken[choice])) return false;
  return true;
}
