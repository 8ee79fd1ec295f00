const docs = 'https://docs.redhat.com/en/documentation/red_hat_quay/3/html';

/** The guides of the vendor that fixes refer to. */
export const guides = {
  configuring: `${docs}/configure_red_hat_quay/index`,
  using: `${docs}/use_red_hat_quay/index`,
  managing: `${docs}/manage_red_hat_quay/index`,
  securing: `${docs}/securing_red_hat_quay/index`,
  api: `${docs}/red_hat_quay_api_reference/index`,
  upgrading: `${docs}/upgrade_red_hat_quay/index`,
} as const;

/** How a setting of the instance is changed, which takes whoever runs it. */
export function setting(line: string): { readonly instead: string; readonly undo: string } {
  return {
    instead: `Whoever runs the instance sets ${line} in config.yaml and restarts Quay.`,
    undo: 'Set it back in config.yaml and restart Quay.',
  };
}

/** The beginning of a command. */
export function curl(method: string): string {
  return `curl -X ${method} -H "Authorization: Bearer $QUAY_TOKEN" -H 'Content-Type: application/json'`;
}
