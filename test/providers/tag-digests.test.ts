import { describe, expect, it } from 'vitest';
import { mostNewestTags, mostRecordedTags } from '../../src/model/tag-digests.ts';
import { known, unknown } from '../../src/providers/facts.ts';
import { type TagRow, tagDigestsOf } from '../../src/providers/tag-digests.ts';

const rowsOf = (count: number, name = 't'): TagRow[] =>
  Array.from({ length: count }, (_, at) => ({ tag: `${name}${at}`, digest: `d${at}` }));

function recorded(rows: readonly TagRow[], whole = true, production: readonly string[] = []) {
  return tagDigestsOf(
    known('ListTags', '', () => ({ rows, whole })),
    production,
  );
}

describe('the digests of tags', () => {
  it('are those of the newest tags and of all production tags', () => {
    const rows = [...rowsOf(mostNewestTags), ...rowsOf(3, 'old'), ...rowsOf(2, 'v')];
    const fact = recorded(rows, true, ['v*']);
    if (fact.state !== 'known') throw new Error('the whole list was read');
    expect(fact.value.map(({ tag }) => tag)).toEqual([
      ...rowsOf(mostNewestTags).map(({ tag }) => tag),
      'v0',
      'v1',
    ]);
  });

  it('are known where the newest tags alone were read and nothing else is wanted', () => {
    expect(recorded(rowsOf(mostNewestTags), false).state).toBe('known');
  });

  it.each([
    ['production tags may be among older ones', rowsOf(mostNewestTags), ['v*']],
    ['fewer were read than are wanted', rowsOf(3), []],
  ] as const)('are known in part where %s', (_, rows, production) => {
    expect(recorded(rows, false, production)).toMatchObject({
      state: 'partial',
      missing: [{ why: 'inconclusive', from: { operation: 'ListTags' } }],
    });
  });

  it('are bounded, and what is beyond is named', () => {
    const fact = recorded(rowsOf(mostRecordedTags + 1), true, ['*']);
    expect(fact).toMatchObject({
      state: 'partial',
      missing: [{ from: { detail: `there are ${mostRecordedTags + 1} such tags` } }],
    });
    expect('value' in fact ? fact.value : []).toHaveLength(mostRecordedTags);
  });

  it('leave out a tag without a digest, and say so', () => {
    expect(recorded([{ tag: 'a', digest: null }])).toMatchObject({ why: 'inconclusive' });
    expect(recorded([{ tag: 'a', digest: null }, ...rowsOf(1)])).toMatchObject({
      state: 'partial',
      value: [{ tag: 't0' }],
    });
  });

  it('leave out the tags of attachments, and name the image where a repository holds several', () => {
    const attachment = `sha256-${'0'.repeat(64)}.sig`;
    const rows = [
      { image: 'app', tag: 'a', digest: 'd1' },
      { image: 'web', tag: 'a', digest: 'd2' },
      { image: 'app', tag: attachment, digest: 'd3' },
      { image: 'app', tag: 'a', digest: 'listed again' },
    ];
    expect(recorded(rows)).toMatchObject({
      state: 'known',
      value: [
        { tag: 'app:a', digest: 'd1' },
        { tag: 'web:a', digest: 'd2' },
      ],
    });
  });

  it('are unknown for the reason for which the tags are', () => {
    const denied = unknown('denied', 'ListTags', 'no right');
    expect(tagDigestsOf(denied, [])).toEqual(denied);
  });
});
