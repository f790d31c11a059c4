// The program behind a page: whether it still answers, and whether this page may change something.

export const gone = 'the program has ended, or cannot be reached any more';
const askInterval = 3000;

/** As fetch; where nobody answers, the error says so in words for the reader. */
export async function request(path, options = {}) {
  try {
    return await fetch(path, options);
  } catch {
    throw new Error(gone);
  }
}

/** Why this page may only watch; null when it may change something. */
export async function watchOnly() {
  return (await (await request('api/rights')).json()).watchOnly;
}

/** Tells onChange(isThere) when the program has ended, and when one answers again. */
export function watchProgram(onChange) {
  let wasThere = true;
  setInterval(async () => {
    const isThere = await request('api/rights').then(() => true, () => false);
    if (isThere !== wasThere) onChange(isThere);
    wasThere = isThere;
  }, askInterval);
}
