import type { Condition, Statement } from './document.ts';
import type { Facts } from './facts.ts';

const variable = /\$\{([^}]*)\}/g;

/**
 * Replaces policy variables of a condition by known values. A condition that compares a known key with a
 * variable of the caller is swapped: `aws:ResourceOrgID = ${aws:PrincipalOrgID}` becomes
 * `aws:PrincipalOrgID = <own organization>`.
 * Out: the condition unchanged if a variable is unknown.
 * Vendor page: IAM User Guide, reference_policies_variables.
 */
export function resolved(condition: Condition, facts: Facts): Condition {
  if (!condition.variable) return condition;
  const values = condition.values.map((value) => valued(value, facts));
  if (values.every((value) => !value.includes('${'))) {
    return { ...condition, values, variable: false };
  }
  return turnedRound(condition, facts) ?? condition;
}

/**
 * Replaces policy variables in the resources of a statement by known values. What holds an unknown one
 * besides stays as it is.
 */
export function withResolvedResources(statement: Statement, facts: Facts): Statement {
  const { resources } = statement;
  if (resources === null || resources.variable.length === 0) return statement;
  const written = resources.variable.map((text) => valued(text, facts));
  const isOpen = (text: string) => text.includes('${');
  return {
    ...statement,
    resources: {
      negated: resources.negated,
      patterns: [...resources.patterns, ...written.filter((text) => !isOpen(text))],
      variable: written.filter(isOpen),
    },
  };
}

function valued(text: string, facts: Facts): string {
  return text.replace(
    variable,
    (written, name: string) => facts.get(name.toLowerCase()) ?? written,
  );
}

/** Keys of the caller that can be compared with a key of the resource. */
const ofCaller = /^\$\{(aws:principal(?:account|orgid))\}$/i;

function turnedRound({ key, operator, values }: Condition, facts: Facts): Condition | null {
  const known = facts.get(key);
  const [value = ''] = values;
  const [, caller] = ofCaller.exec(value) ?? [];
  if (typeof known !== 'string' || caller === undefined || values.length > 1) return null;
  const turned = caller.toLowerCase();
  const plain =
    operator.family === 'string' && operator.quantifier === 'none' && !operator.ifExists;
  // AWS does not document a negated operator with an unset variable; every caller has an account.
  if (!plain || (operator.negated && turned !== 'aws:principalaccount')) return null;
  return { key: turned, operator, values: [known], variable: false };
}
