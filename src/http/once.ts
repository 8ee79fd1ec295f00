/** Runs `work` once, at the first call, and gives everyone the same answer. */
export function once<T>(work: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined;
  return () => {
    answer ??= work();
    return answer;
  };
}

/** As `once`, for each key. */
export function oncePer<T>(work: (key: string) => Promise<T>): (key: string) => Promise<T> {
  const answers = new Map<string, Promise<T>>();
  return (key) => {
    let answer = answers.get(key);
    if (answer === undefined) {
      answer = work(key);
      answers.set(key, answer);
    }
    return answer;
  };
}
