using System.Diagnostics;
using System.Text;
using GossipSim.Engine.Protocol;
using GossipSim.RealNet.Wire;
using GossipSim.Tests.RealNet.Attacks;
using NUnit.Framework;

namespace GossipSim.Tests.RealNet.Fuzzing;

/// <summary>
/// The same lines over sockets, to seed nodes and a peer: each that is refused ends its connection with its one reason,
/// is counted once, and the nodes live on.
/// </summary>
[TestFixture]
internal sealed class SocketFuzzTests
{
    [TestCase(1_000, 11UL)]
    [TestCase(1_000_000, 12UL, Explicit = true, Category = FullSize.Category, Reason = FullSize.Reason)]
    public async Task Each_refused_line_is_answered_and_counted_under_its_reason(int lines, ulong randomSeed)
    {
        await using var cluster = await ClusterOnTcp.StartAsync(1);
        await cluster.Network.StartAsync(cluster.Others[0]);
        await cluster.UntilListedAsync(cluster.Others);
        var mutator = new LineMutator(randomSeed);
        var expected = new Dictionary<string, long>();
        var victims = cluster.Seeds.Append(cluster.Others[0]).ToArray();
        var self = new RawListener().Address;
        var begun = Stopwatch.GetTimestamp();
        var (connections, hungUp) = (0, 0);

        for (var said = 0; said < lines;)
        {
            var (text, reason, count) = UntilRefused(mutator, self);
            said += count;
            using var stranger = new RawClient(victims[said % victims.Length]);
            stranger.Write([.. Encoding.UTF8.GetBytes(RawClient.Hello(self)), .. text]);
            connections++;
            var answer = stranger.ReadToEnd();
            if (!answer.EndsWith($$"""{"type":"ERROR","reason":"{{reason}}"}""" + "\n", StringComparison.Ordinal))
            {
                // A node that is through with an exchange ends it while the stranger still talks: what he says then is
                // read, counted and not answered any more.
                Assert.That(answer, Does.Not.Contain("ERROR"));
                hungUp++;
            }

            expected[reason] = expected.GetValueOrDefault(reason) + 1;
        }

        // Addresses in the lines may lead nodes to programs of others, who say what they like; that is no line of ours.
        Dictionary<string, long> Told(Func<ProtocolEvent, bool> which) => victims
            .SelectMany(victim => cluster.Of(victim, EventKind.InputRefused)).Where(which)
            .GroupBy(refused => (string)refused.Detail!)
            .ToDictionary(reason => reason.Key, reason => reason.LongCount());
        // The answer leaves before the node's loop counts it.
        await cluster.UntilAsync(
            () => Told(refused => refused.About == self).Values.Sum() == expected.Values.Sum(), "all are told of");
        TestContext.Out.WriteLine($"S4: {lines} lines over sockets in"
            + $" {Stopwatch.GetElapsedTime(begun).TotalSeconds:F1} s, each refused one counted once, {hungUp} of"
            + $" {connections} hung up on: {string.Join(", ", expected.OrderByDescending(reason => reason.Value))}");
        Assert.That(Told(refused => refused.About == self), Is.EquivalentTo(expected));
        Assert.That(1000 * hungUp, Is.LessThanOrEqualTo(connections), "that is rare");
        foreach (var (reason, count) in cluster.Network.Counters.Refused)
            Assert.That(count, Is.GreaterThanOrEqualTo(expected.GetValueOrDefault(reason)), reason);
        Assert.That(cluster.Network.Broken.IsCompleted, Is.False);
        foreach (var seed in cluster.Seeds)
            Assert.That(cluster.ListOf(seed), Does.Contain(cluster.Others[0]), $"{seed}");
    }

    /// <summary>Processes of their own, so that their memory is not this one's, which makes the lines.</summary>
    [TestCase(20_000, 13UL)]
    [TestCase(1_000_000, 14UL, Explicit = true, Category = FullSize.Category, Reason = FullSize.Reason)]
    [Platform("Linux")]
    [NonParallelizable]
    public async Task Memory_stays_flat(int lines, ulong randomSeed)
    {
        await using var network = await AttackedNetwork.StartAsync(peers: 1);
        NodeAddress[] victims = [network.Seed, network.Peers[0]];
        var mutator = new LineMutator(randomSeed);
        var self = new RawListener().Address;
        var begun = Stopwatch.GetTimestamp();
        var (strangers, refused) = (0, 0);

        // The first half compiles code and fills tables. Peaks, because garbage comes and goes.
        var first = PeaksOf(lines / 2);
        var second = PeaksOf(lines / 2);

        TestContext.Out.WriteLine($"S4: {lines} lines over sockets to processes in"
            + $" {Stopwatch.GetElapsedTime(begun).TotalSeconds:F1} s, most KiB resident in either half: seed node"
            + $" {first[0] / 1024} and {second[0] / 1024}, peer {first[1] / 1024} and {second[1] / 1024}");
        for (var victim = 0; victim < victims.Length; victim++)
            Assert.That(second[victim], Is.LessThanOrEqualTo(first[victim] * 11 / 10), $"{victims[victim]}");
        // Messages among the lines may have a victim dial the stranger, and one of two connections gives way.
        Assert.That(refused, Is.GreaterThan(strangers * 99 / 100));
        Assert.That(network.IsAlive, Is.True);

        long[] PeaksOf(int count)
        {
            var memories = Array.ConvertAll(victims, network.MemoryOf);
            foreach (var memory in memories) memory.ForgetPeak();
            Say(count);
            return Array.ConvertAll(memories, memory => memory.Peak);
        }

        void Say(int count)
        {
            for (var said = 0; said < count;)
            {
                var (text, reason, more) = UntilRefused(mutator, self);
                said += more;
                using var stranger = new RawClient(victims[said % victims.Length]);
                stranger.Write([.. Encoding.UTF8.GetBytes(network.Hello(self)), .. text]);
                refused += stranger.ReadToEnd().Contains(reason, StringComparison.Ordinal) ? 1 : 0;
                strangers++;
            }
        }
    }

    /// <summary>Lines that are messages, and after them one that is refused.</summary>
    private static (byte[] Text, string Reason, int Lines) UntilRefused(LineMutator mutator, NodeAddress self)
    {
        var text = new MemoryStream();
        for (var lines = 1; ; lines++)
        {
            var line = mutator.Next();
            var decoded = MessageCodec.Decode(line);
            // What a transport does with these is no matter of the line alone.
            if (decoded.Message is Hello or Challenge or Confirmation or Error) continue;
            text.Write(line);
            text.WriteByte((byte)'\n');
            var refusal = decoded.Message is { } message && SenderClaim.IsFalse(message, decoded.From, self)
                ? Refusal.WrongSender
                : decoded.Refusal;
            if (refusal != Refusal.None) return (text.ToArray(), WireName.Of(refusal.ToString()), lines);
        }
    }
}
