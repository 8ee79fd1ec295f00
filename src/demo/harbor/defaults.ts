type Fields = Readonly<Record<string, unknown>>;

/** The default settings of an instance, which an estate can omit. */
export const plainConfiguration: Fields = {
  auth_mode: 'oidc_auth',
  oidc_name: 'example',
  oidc_endpoint: 'https://login.example.org',
  oidc_verify_cert: true,
  oidc_admin_group: '',
  ldap_url: '',
  ldap_verify_cert: true,
  ldap_group_admin_dn: '',
  uaa_endpoint: '',
  uaa_verify_cert: false,
  http_authproxy_endpoint: '',
  http_authproxy_tokenreview_endpoint: '',
  http_authproxy_admin_groups: '',
  http_authproxy_admin_usernames: '',
  http_authproxy_verify_cert: true,
  self_registration: false,
  project_creation_restriction: 'adminonly',
  read_only: false,
  token_expiration: 30,
  session_timeout: 60,
  audit_log_forward_endpoint: '',
  skip_audit_log_database: false,
  disabled_audit_log_event_types: '',
};

export function plainUser(asOf: string): Fields {
  return {
    email: '',
    realname: '',
    comment: '',
    sysadmin_flag: false,
    admin_role_in_auth: false,
    creation_time: '2024-03-01T08:00:00Z',
    update_time: asOf,
  };
}

export const trivy: Fields = {
  uuid: '0f1e2d3c-0000-4000-8000-000000000001',
  name: 'Trivy',
  description: '',
  url: 'http://trivy-adapter:8080',
  disabled: false,
  is_default: true,
  auth: '',
  access_credential: '',
  skip_certVerify: false,
  use_internal_addr: true,
  adapter: 'Trivy',
  vendor: 'Aqua Security',
  version: 'v0.65.0',
  health: 'healthy',
  capabilities: { support_vulnerability: true, support_sbom: true },
};

export const plainRobot: Fields = {
  description: '',
  editable: true,
  disable: false,
  creator_type: 'local',
  creator_ref: 1,
  creation_time: '2026-10-20T08:00:00Z',
  update_time: '2026-10-20T08:00:00Z',
};
