using System.Diagnostics;
using NUnit.Framework;

namespace GossipSim.Tests.RealNet.Attacks;

/// <summary>
/// ANCHORS 2.8, S2: connections that say a byte a second, before or after HELLO, are all gone after 5 s, and members'
/// pings are answered as if nothing was.
/// </summary>
[TestFixture]
[Platform("Linux")]
[NonParallelizable]
internal sealed class SlowlorisTests
{
    private static readonly byte[] drop = "x"u8.ToArray();

    [Test]
    public async Task Who_says_a_byte_a_second_is_let_go_and_counted()
    {
        var seen = await AttackAsync(strangers: 100, talkers: 20, seconds: null);

        Assert.That(seen.LinksLost, Is.Zero, "the member's link is left alone");
    }

    [Test]
    [Explicit("full size: 15 s, and it asserts on times")]
    public async Task Of_a_thousand_none_is_held_after_five_seconds_and_pings_are_fast()
    {
        var seen = await AttackAsync(strangers: 900, talkers: 100, seconds: 5);

        Assert.That(seen.Held, Is.Zero);
        Assert.That(seen.Pings.P99, Is.LessThanOrEqualTo(20));
        Assert.That(seen.LinksLost, Is.Zero);
    }

    /// <param name="talkers">How many say HELLO first.</param>
    /// <param name="seconds">When to look; null: as soon as all are gone.</param>
    private static async Task<(int Held, Quantiles Pings, int LinksLost)> AttackAsync(
        int strangers, int talkers, double? seconds)
    {
        await using var network = await AttackedNetwork.StartAsync();
        var hellos = Enumerable.Range(0, talkers).Select(_ => network.Hello(new RawListener().Address)).ToArray();
        var before = network.Pinging.Answers.Length;
        using var crowd = new Crowd();
        await crowd.JoinAsync(network.Victim, talkers, number => hellos[number] + "{");
        await crowd.JoinAsync(network.Victim, strangers, _ => "{");
        var opened = Stopwatch.GetTimestamp();
        using var over = new CancellationTokenSource();
        var dripping = DripAsync(crowd, over.Token);

        if (seconds is { } late)
            await network.UntilAsync(
                () => Stopwatch.GetElapsedTime(opened).TotalSeconds > late + SweepSeconds, "the time has come");
        else
            await network.UntilAsync(() => crowd.Held == 0, "all are let go");
        var (held, took) = (crowd.Held, Stopwatch.GetElapsedTime(opened));
        var pings = new Quantiles(network.Pinging.Answers.Skip(before));
        await over.CancelAsync();
        await dripping;
        await network.UntilAsync(
            () => network.Refused("HELLO_TIMEOUT") + network.Refused("LINE_TIMEOUT") == strangers + talkers,
            "each is counted once");

        TestContext.Out.WriteLine($"S2: {strangers + talkers} connections, {talkers} of them after HELLO: {held} held"
            + $" {took.TotalSeconds:F1} s after the last was opened; meanwhile the member had {pings}");
        Assert.That(network.Refused("LINE_TIMEOUT"), Is.EqualTo(talkers));
        Assert.That(network.IsAlive, Is.True);
        return (held, pings, network.Pinging.LinksLost);
    }

    /// <summary>TransportLimits.SweepInterval, and as much for the machine.</summary>
    private const double SweepSeconds = 0.2;

    private static async Task DripAsync(Crowd crowd, CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await crowd.DripAsync(drop);
        }
    }
}
