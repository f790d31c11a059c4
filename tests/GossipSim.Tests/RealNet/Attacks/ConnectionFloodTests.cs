using NUnit.Framework;

namespace GossipSim.Tests.RealNet.Attacks;

/// <summary>
/// ANCHORS 2.8, S3: ten times as many connections as there may be, also where descriptors run out: the process lives,
/// members' links stay, a known member comes back within a second, and all is as before when it is over.
/// </summary>
[TestFixture]
[Platform("Linux")]
[NonParallelizable]
internal sealed class ConnectionFloodTests
{
    /// <summary>What strangers do to keep their connections.</summary>
    public enum Mood
    {
        SayNothing,

        /// <summary>Claim an address where somebody accepts and says nothing.</summary>
        ClaimSilence,

        /// <summary>Prove an address of their own, and stay.</summary>
        ProveThemselves,
    }

    [TestCase(Mood.SayNothing, 400)]
    [TestCase(Mood.ClaimSilence, 400)]
    [TestCase(Mood.ProveThemselves, 400)]
    [TestCase(Mood.ClaimSilence, 220)]
    public async Task Members_keep_their_links_and_find_a_way_back(Mood mood, int descriptors) =>
        await AttackAsync(mood, descriptors, comebacks: 3);

    [Explicit("full size: a minute each, and it asserts on times")]
    [TestCase(Mood.SayNothing, 1000)]
    [TestCase(Mood.ClaimSilence, 1000)]
    [TestCase(Mood.ProveThemselves, 1000)]
    [TestCase(Mood.SayNothing, 220)]
    [TestCase(Mood.ClaimSilence, 220)]
    public async Task A_member_comes_back_within_a_second(Mood mood, int descriptors)
    {
        var comebacks = await AttackAsync(mood, descriptors, comebacks: 20);

        Assert.That(comebacks.Max, Is.LessThanOrEqualTo(1000));
    }

    private static async Task<Quantiles> AttackAsync(Mood mood, int descriptors, int comebacks)
    {
        await using var network = await AttackedNetwork.StartAsync(descriptors: descriptors);
        // What DescriptorNeed.LeftBeside leaves to connections, and what the node itself allows.
        var limit = Math.Min(1500, Math.Max(descriptors - 201, descriptors / 2));
        var greeting = Greetings(network, mood, limit);
        using var crowd = new Crowd();
        await crowd.JoinAsync(network.Victim, limit, greeting);
        Assert.That(network.Pinging.LinksLost, Is.Zero, "the member's link is left alone");

        var took = new List<double>();
        for (var comeback = 0; comeback < comebacks; comeback++)
        {
            await crowd.JoinAsync(network.Victim, 9 * limit / comebacks, greeting);
            var answered = network.Pinging.Answers.Length;
            network.Reconnect();
            var pressing = crowd.JoinAsync(network.Victim, limit / 4, greeting);
            await network.UntilAsync(() => network.Pinging.Answers.Length > answered, "the member is answered again");
            took.Add(network.Pinging.Answers[answered]);
            await pressing;
        }

        var (opened, open, most) = (crowd.Opened, network.Memory.Descriptors, new Quantiles(took));
        await network.UntilToldAsync();
        TestContext.Out.WriteLine($"S3: {mood}, {opened} connections to {descriptors} descriptors ({limit} for"
            + $" connections), {open} open; the member came back {comebacks} times, {most};"
            + $" refused: {string.Join(", ", network.Counters.Refused)}");
        Assert.That(network.IsAlive, Is.True);
        Assert.That(network.Counters.Refused, Is.Not.Empty);
        crowd.Dispose();
        await network.UntilAsync(() => IsAnswered(network), "a stranger is answered as before");
        return most;
    }

    private static Func<int, string?> Greetings(AttackedNetwork network, Mood mood, int limit)
    {
        if (mood == Mood.SayNothing) return _ => null;
        var hellos = mood == Mood.ClaimSilence
            ? [network.Hello(new RawListener(Vouching.Silent).Address)]
            : Enumerable.Range(0, Math.Min(limit, 400)).Select(_ => network.Hello(new RawListener().Address)).ToArray();
        return number => hellos[number % hellos.Length];
    }

    private static bool IsAnswered(AttackedNetwork network)
    {
        try
        {
            using var client = new RawClient(network.Victim);
            client.Write(network.Hello(new RawListener().Address));
            return client.ReadLine()?.Contains("HELLO", StringComparison.Ordinal) == true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
