using System.Diagnostics;
using GossipSim.RealNet.Wire;
using NUnit.Framework;

namespace GossipSim.Tests.RealNet.Fuzzing;

/// <summary>
/// ANCHORS 2.8, S4: whatever a line is, it is a message or is refused for one reason; nothing is thrown, and nothing of
/// it stays in memory.
/// </summary>
[TestFixture]
[NonParallelizable]
internal sealed class LineFuzzTests
{
    [TestCase(100_000, 42UL)]
    [TestCase(1_000_000, 7UL, Explicit = true, Category = FullSize.Category, Reason = FullSize.Reason)]
    public void Every_line_is_a_message_or_has_one_reason(int lines, ulong randomSeed)
    {
        var mutator = new LineMutator(randomSeed);
        var counts = new long[Enum.GetValues<Refusal>().Length];
        Decode(mutator, lines / 10, counts);
        Array.Clear(counts);
        var before = Kept();
        var begun = Stopwatch.GetTimestamp();

        Decode(mutator, lines, counts);

        var took = Stopwatch.GetElapsedTime(begun);
        var grown = Kept() - before;
        var told = Enum.GetValues<Refusal>().Where(reason => counts[(int)reason] > 0)
            .Select(reason => $"{reason} {counts[(int)reason]}");
        TestContext.Out.WriteLine($"S4: {lines} lines in {took.TotalSeconds:F1} s, {grown / 1024} KiB more kept:"
            + $" {string.Join(", ", told)}");
        Assert.That(counts.Sum(), Is.EqualTo(lines));
        Assert.That(grown, Is.LessThan(1 << 20));
        foreach (var reason in Enum.GetValues<Refusal>().Where(reason => reason <= Refusal.StringTooLong))
            Assert.That(counts[(int)reason], Is.Positive, $"{reason} comes up");
        GC.KeepAlive(mutator);
    }

    private static void Decode(LineMutator mutator, int lines, long[] counts)
    {
        for (var number = 0; number < lines; number++)
        {
            var line = mutator.Next();
            var decoded = MessageCodec.Decode(line);
            Assert.That(decoded.Message is null, Is.EqualTo(decoded.Refusal != Refusal.None));
            counts[(int)decoded.Refusal]++;
        }
    }

    private static long Kept()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
