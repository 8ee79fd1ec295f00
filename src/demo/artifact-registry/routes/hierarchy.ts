import type { Route } from '../../rest.ts';
import { notFound } from '../google-error.ts';
import { type Holdings, policyOf } from '../holdings.ts';

/** Cloud Resource Manager: the project, its ancestors, and the policies of all levels. */
export function hierarchyRoutes({ estate, project }: Holdings): readonly Route[] {
  const organization = (id: string | undefined) => {
    const found = estate.organization;
    if (found === undefined || found.id !== id) throw notFound(`Organization ${id}`);
    return found;
  };
  return [
    {
      name: 'GetProject',
      method: 'GET',
      path: '/v3/projects/{project}',
      answer: (call) => {
        const { number, folders = [] } = project(call);
        const [folder] = folders;
        const parent = folder === undefined ? estate.organization?.id : folder;
        const kind = folder === undefined ? 'organizations' : 'folders';
        return {
          json: {
            name: `projects/${number}`,
            projectId: call.params['project'],
            state: 'ACTIVE',
            ...(parent === undefined ? {} : { parent: `${kind}/${parent}` }),
          },
        };
      },
    },
    {
      name: 'GetAncestry',
      method: 'POST',
      path: '/v1/projects/{project}:getAncestry',
      answer: (call) => {
        const { folders = [], outsideOrganization } = project(call);
        const top = outsideOrganization === true ? undefined : estate.organization?.id;
        const chain = [
          { type: 'project', id: call.params['project'] },
          ...folders.map((id) => ({ type: 'folder', id })),
          ...(top === undefined ? [] : [{ type: 'organization', id: top }]),
        ];
        return { json: { ancestor: chain.map((resourceId) => ({ resourceId })) } };
      },
    },
    {
      name: 'GetProjectIamPolicy',
      method: 'POST',
      path: '/v3/projects/{project}:getIamPolicy',
      answer: (call) => ({ json: policyOf(project(call).policy) }),
    },
    {
      name: 'GetFolderIamPolicy',
      method: 'POST',
      path: '/v3/folders/{folder}:getIamPolicy',
      answer: ({ params }) => ({
        json: policyOf(estate.folders?.[params['folder'] ?? '']?.policy),
      }),
    },
    {
      name: 'GetOrganizationIamPolicy',
      method: 'POST',
      path: '/v3/organizations/{organization}:getIamPolicy',
      answer: ({ params }) => ({ json: policyOf(organization(params['organization']).policy) }),
    },
    {
      name: 'GetOrganization',
      method: 'GET',
      path: '/v3/organizations/{organization}',
      answer: ({ params }) => {
        const { id, domain } = organization(params['organization']);
        return { json: { name: `organizations/${id}`, displayName: domain, state: 'ACTIVE' } };
      },
    },
    {
      name: 'GetEffectivePolicy',
      method: 'GET',
      path: '/v2/projects/{project}/policies/gcp.restrictTLSVersion:getEffectivePolicy',
      answer: (call) => {
        const { number, tls } = project(call);
        const name = `projects/${number}/policies/gcp.restrictTLSVersion`;
        return { json: { name, ...(tls === undefined ? {} : { spec: tls }) } };
      },
    },
  ];
}
