import { describe, expect, it } from 'vitest';
import { serve } from '../../src/demo/wire-server.ts';
import { many } from '../support/aws/many.ts';
import { scenario } from '../support/aws/scenario.ts';
import { sdkAt } from '../support/aws/sdk.ts';

describe('a registry that is made up as it is read', () => {
  it.each([1_000, 2_500])('lists %i repositories a thousand at a time', async (repositories) => {
    const { answer, calls } = many(await scenario('all-good'), { repositories });
    const { url, close } = await serve(answer);
    const call = sdkAt(url);
    const names = new Set<string>();
    let nextToken: unknown;
    do {
      const page = await call('ecr:DescribeRepositories', { maxResults: 1000, nextToken });
      for (const entry of [page['repositories']].flat()) names.add(Object(entry).repositoryName);
      nextToken = page['nextToken'];
    } while (nextToken !== undefined);
    await close();
    expect(names.size).toBe(repositories);
    expect(calls.get('ecr:DescribeRepositories')).toBe(Math.ceil(repositories / 1000));
  });

  it('knows each repository by its name, and no others', async () => {
    const { answer } = many(await scenario('all-good'), { repositories: 100_000, latency: 20 });
    const { url, close } = await serve(answer);
    const call = sdkAt(url);
    const policyOf = (repositoryName: string) =>
      call('ecr:GetRepositoryPolicy', { repositoryName });
    const start = performance.now();
    await expect(policyOf('team-96/service-99996')).resolves.toMatchObject({
      repositoryName: 'team-96/service-99996',
    });
    expect(performance.now() - start).toBeGreaterThan(19);
    await expect(policyOf('team-97/service-99997')).rejects.toMatchObject({
      name: 'RepositoryPolicyNotFoundException',
    });
    await expect(policyOf('team-0/service-100000')).rejects.toMatchObject({
      name: 'RepositoryNotFoundException',
    });
    await close();
  });
});
