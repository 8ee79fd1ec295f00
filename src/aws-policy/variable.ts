import type { Condition } from './document.ts';
import type { Facts } from './facts.ts';

const variable = /\$\{([^}]*)\}/g;

/**
 * Replaces the policy variables of a condition by what is known of every request. A condition that compares
 * a known key with a variable of the caller is turned round: `aws:ResourceOrgID = ${aws:PrincipalOrgID}`
 * says of the caller what `aws:PrincipalOrgID = <own organization>` says.
 * Out: the condition itself where a variable is not known.
 * Vendor page: IAM User Guide, reference_policies_variables.
 */
export function resolved(condition: Condition, facts: Facts): Condition {
  if (!condition.variable) return condition;
  const values = condition.values.map((value) =>
    value.replace(variable, (written, name: string) => facts.get(name.toLowerCase()) ?? written),
  );
  if (values.every((value) => !value.includes('${'))) {
    return { ...condition, values, variable: false };
  }
  return turnedRound(condition, facts) ?? condition;
}

/** Keys of the caller that a key of the resource is compared with. */
const ofCaller = /^\$\{(aws:principal(?:account|orgid))\}$/i;

function turnedRound({ key, operator, values }: Condition, facts: Facts): Condition | null {
  const known = facts.get(key);
  const [value = ''] = values;
  const [, caller] = ofCaller.exec(value) ?? [];
  if (typeof known !== 'string' || caller === undefined || values.length > 1) return null;
  const turned = caller.toLowerCase();
  const plain =
    operator.family === 'string' && operator.quantifier === 'none' && !operator.ifExists;
  // How a negated operator treats a variable without value is not documented; every caller has an account.
  if (!plain || (operator.negated && turned !== 'aws:principalaccount')) return null;
  return { key: turned, operator, values: [known], variable: false };
}
