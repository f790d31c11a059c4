namespace GossipSim.Analysis;

/// <summary>What random data sets are drawn for: each purpose has random streams of its own.</summary>
internal enum Purpose : byte
{
    GoodnessOfFit,
    Uncertainty,
    PowerAgainstBest,
    PowerAgainstExponential,
}

/// <summary>What is to be known of one random data set; the tail is scratch space of the thread.</summary>
internal delegate T Replicate<out T>(ref CounterRandom random, ZetaTail tail);

/// <summary>
/// Makes something of many random data sets on several threads. Each has a random stream of its own and a place of its
/// own among the answers, so that the threads leave no trace.
/// </summary>
internal static class Replicates
{
    public static T[] Make<T>(int count, PowerLawOptions options, Purpose purpose, Replicate<T> replicate)
    {
        var answers = new T[count];
        Parallel.For(
            0,
            count,
            new ParallelOptions { MaxDegreeOfParallelism = options.Threads },
            static () => new ZetaTail(),
            (place, _, tail) =>
            {
                var random = new CounterRandom(options.RandomSeed, (uint)place | ((ulong)purpose << 56));
                answers[place] = replicate(ref random, tail);
                return tail;
            },
            static _ => { });
        return answers;
    }
}
