using System.Diagnostics;
using GossipSim.Engine.Protocol;
using GossipSim.RealNet.Security;
using GossipSim.Tests.RealNet.Attacks;
using GossipSim.Tests.RealNet.Fuzzing;
using NUnit.Framework;

namespace GossipSim.Tests.RealNet.Conversations;

/// <summary>
/// The stateful fuzzer: hostile nodes, one of them a seed node and the others members and neighbors as far as the
/// protocol lets them, hold conversations with seed nodes and peers in processes of their own. Whatever they say, in
/// whatever order, no process ends, none fails inside, memory stays flat, every honest message reaches every honest
/// peer, and no honest peer is removed.
/// </summary>
[TestFixture]
[NonParallelizable]
[Platform("Linux")]
internal sealed class ConversationFuzzTests
{
    private const int HostileNodes = 8;
    private const int Phases = 4;

    [TestCase(SecurityMode.None, 21UL)]
    [TestCase(SecurityMode.SharedKey, 22UL)]
    [TestCase(SecurityMode.MutualTls, 23UL)]
    public Task No_conversation_harms_the_honest(SecurityMode mode, ulong randomSeed) =>
        TryAsync(mode, randomSeed, conversations: 120, peers: 3, atOnce: 24);

    /// <summary>
    /// Another number of them: <c>-- 'TestRunParameters.Parameter(name="conversations", value="10000")'</c>.
    /// </summary>
    [TestCase(SecurityMode.None, 31UL)]
    [TestCase(SecurityMode.SharedKey, 32UL)]
    [TestCase(SecurityMode.MutualTls, 33UL)]
    [Explicit(FullSize.Reason)]
    [Category(FullSize.Category)]
    public Task A_hundred_thousand_conversations_harm_nobody_honest(SecurityMode mode, ulong randomSeed) =>
        TryAsync(mode, randomSeed, TestContext.Parameters.Get("conversations", 100_000), peers: 5, atOnce: 96);

    private static async Task TryAsync(SecurityMode mode, ulong randomSeed, int conversations, int peers, int atOnce)
    {
        await using var siege = await Siege.StartAsync(mode, randomSeed, peers, HostileNodes, atOnce);
        var network = siege.Network;
        var processes = network.Processes;
        var gossip = new CountedGossip(network, TimeSpan.FromMilliseconds(100));
        var memories = network.Seeds.Concat(network.Peers).Select(network.MemoryOf).ToArray();
        var peaks = new List<long[]>();
        var begun = Stopwatch.GetTimestamp();

        for (var phase = 0; phase < Phases; phase++)
        {
            foreach (var memory in memories) memory.ForgetPeak();
            using var over = new CancellationTokenSource();
            var saying = gossip.SayUntilAsync($"in quarter {phase + 1}", over.Token);
            await siege.ConverseAsync(conversations / Phases);
            await over.CancelAsync();
            await saying;
            TestContext.Progress.WriteLine($"{mode}: {siege.Held} of {conversations} conversations");
            peaks.Add([.. memories.Select(memory => memory.Peak)]);
        }

        Assert.That(network.Errors, Is.Empty);
        Assert.That(siege.RemovedHonest(), Is.Empty);
        Assert.That(siege.SentAway(), Is.Empty);
        await gossip.UntilAllHaveAllAsync();
        await network.UntilToldAsync();
        TestContext.Out.WriteLine(
            $"stateful fuzzer, {mode}: {siege.Held} conversations over {siege.Dialed} connections in"
            + $" {Stopwatch.GetElapsedTime(begun).TotalSeconds:F0} s, {siege.Members} of {HostileNodes} hostile nodes"
            + $" became members; {gossip}; internal errors {network.Counters.InternalErrors}; most MiB resident by"
            + $" quarter: {string.Join(" | ", peaks.Select(InMebibytes))};"
            + $" refused: {string.Join(", ", network.Counters.Refused.OrderByDescending(reason => reason.Value))}");

        Assert.That(network.IsAlive, Is.True);
        Assert.That(network.Processes, Is.EqualTo(processes));
        Assert.That(network.Counters.InternalErrors, Is.Zero);
        Assert.That(network.Events.Where(each => each.Event.Kind == EventKind.ProcessCrashed), Is.Empty);
        Assert.That(siege.Members, Is.GreaterThan(HostileNodes / 4), "they get far enough to do harm");
        for (var victim = 0; victim < memories.Length; victim++)
            Assert.That(peaks[^1][victim], Is.LessThanOrEqualTo(Math.Max(
                peaks[1][victim] * 5 / 4, peaks[1][victim] + (24 << 20))), $"memory of victim {victim}");
    }

    private static string InMebibytes(long[] peaks) => string.Join(" ", peaks.Select(peak => peak >> 20));
}
