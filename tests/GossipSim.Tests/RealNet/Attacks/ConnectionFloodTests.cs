using System.Diagnostics;
using System.Security.Authentication;
using GossipSim.Engine.Protocol;
using GossipSim.RealNet;
using GossipSim.Tests.RealNet.Security;
using NUnit.Framework;

namespace GossipSim.Tests.RealNet.Attacks;

/// <summary>
/// ANCHORS 2.8, S3: ten times as many connections as there may be, also where descriptors run out: the process lives,
/// members miss no message, a known member comes back within a second, and all is as before when it is over.
/// </summary>
[TestFixture]
[Platform("Linux")]
[NonParallelizable]
internal sealed class ConnectionFloodTests
{
    private const int Scarce = 160;

    /// <summary>What descriptors leave to connections, and what a seed node itself allows.</summary>
    private static int Limit(int descriptors) => (int)Math.Min(1500, DescriptorNeed.LeftOf(descriptors, listeners: 1));

    /// <param name="descriptors">Of the fewest the runtime takes more than half, and connections must not.</param>
    /// <param name="security">With TLS a member that comes back has to shake hands among the crowd.</param>
    [TestCase(Mood.SayNothing, 400, 3)]
    [TestCase(Mood.ClaimSilence, 400, 3)]
    [TestCase(Mood.ProveThemselves, 400, 3)]
    [TestCase(Mood.SayNothing, Scarce, 3)]
    [TestCase(Mood.SayNothing, 400, 3, "mutualTls")]
    [TestCase(Mood.BeginToShakeHands, 400, 3, "mutualTls")]
    [TestCase(Mood.SayNothing, 1701, 20, Explicit = true, Category = FullSize.Category, Reason = FullSize.Reason)]
    [TestCase(Mood.ClaimSilence, 1701, 20, Explicit = true, Category = FullSize.Category, Reason = FullSize.Reason)]
    [TestCase(Mood.ProveThemselves, 1701, 20, Explicit = true, Category = FullSize.Category, Reason = FullSize.Reason)]
    [TestCase(Mood.SayNothing, Scarce, 20, Explicit = true, Category = FullSize.Category, Reason = FullSize.Reason)]
    [TestCase(Mood.ClaimSilence, Scarce, 20, Explicit = true, Category = FullSize.Category, Reason = FullSize.Reason)]
    [TestCase(
        Mood.SayNothing, 1701, 20, "mutualTls", Explicit = true, Category = FullSize.Category,
        Reason = FullSize.Reason)]
    [TestCase(
        Mood.BeginToShakeHands, 1701, 20, "mutualTls", Explicit = true, Category = FullSize.Category,
        Reason = FullSize.Reason)]
    public async Task Members_keep_their_links_miss_no_message_and_find_a_way_back(
        Mood mood, int descriptors, int comebacks, string security = "none")
    {
        var limit = Limit(descriptors);
        await using var network = await AttackedNetwork.StartAsync(
            peers: 3, descriptors, "gossip.maxMessagesPerPeer=1000000", $"security.mode={security}");
        var gossip = new CountedGossip(network);
        await gossip.SayAsync("before", 10);
        using var over = new CancellationTokenSource();
        var talking = gossip.SayUntilAsync("during the flood", over.Token);

        using var flood = new Flood(network, mood, limit);
        await flood.RiseAsync(limit);
        Assert.That(network.Pinging.LinksLost, Is.Zero, "the member's link is left alone");
        var took = new List<double>();
        for (var comeback = 0; comeback < comebacks; comeback++)
            took.Add(await ComeBackAsync(network, flood, 9 * limit / comebacks, limit / 4));
        // Now: who leaves by himself, before he is looked at, need not be refused.
        await network.UntilAsync(
            () => network.Counters.Refused.Values.Sum() >= flood.FewestRefused, "the victims tell of all they refused");
        flood.Dispose();
        var (normal, strangers) = (Stopwatch.StartNew(), 0);
        foreach (var victim in flood.Victims)
            await network.UntilAsync(
                () => ++strangers > 0 && IsAnswered(network, victim), "a stranger is answered as before");
        normal.Stop();
        await over.CancelAsync();
        await talking;
        await gossip.SayAsync("after", 10);
        await gossip.UntilAllHaveAllAsync();
        await network.UntilToldAsync();

        TestContext.Out.WriteLine($"S3: {mood}, {security}, {descriptors} descriptors, {limit} for connections:"
            + $" {flood}; {gossip}; {network.CountOf(EventKind.NeighborRemoved)} links of peers ended,"
            + $" {network.CountOf(EventKind.FoundItselfRemoved)} peers were removed;"
            + $" the member came back {comebacks} times, {new Quantiles(took)}, and lost"
            + $" {network.Pinging.LinksLost} connections on its way;"
            + $" strangers are answered {normal.ElapsedMilliseconds} ms after;"
            + $" refused: {string.Join(", ", network.Counters.Refused)}");
        Assert.That(network.IsAlive, Is.True);
        // The member asks again at once when its connection gives way too, before anybody has vouched for it.
        var connections = flood.Opened + strangers + comebacks + network.Pinging.LinksLost;
        Assert.That(network.Counters.Refused.Values.Sum(), Is.AtMost(connections), "each is counted once");
    }

    /// <returns>How many milliseconds the member, known and without a link, took to have an answer.</returns>
    private static async Task<double> ComeBackAsync(AttackedNetwork network, Flood flood, int before, int meanwhile)
    {
        await flood.RiseAsync(before);
        var answered = network.Pinging.Answers.Length;
        network.Reconnect();
        var pressing = flood.RiseAsync(meanwhile);
        await network.UntilAsync(() => network.Pinging.Answers.Length > answered, "the member is answered again");
        await pressing;
        return network.Pinging.Answers[answered];
    }

    private static bool IsAnswered(AttackedNetwork network, NodeAddress victim)
    {
        try
        {
            if (network.SpeaksTlsOnly)
            {
                using var stranger = new TlsStranger(victim);
                stranger.Shake(shown: null);
                return true;
            }

            using var client = new RawClient(victim);
            client.Write(network.Hello(new RawListener().Address));
            return client.ReadLine()?.Contains("HELLO", StringComparison.Ordinal) == true;
        }
        catch (Exception refused) when (refused is IOException or AuthenticationException)
        {
            return false;
        }
    }
}
