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

    /// <param name="talkers">How many say HELLO first.</param>
    [TestCase(100, 20)]
    [TestCase(900, 100, Explicit = true, Category = FullSize.Category, Reason = FullSize.Reason)]
    public async Task Who_says_a_byte_a_second_is_let_go_and_counted(int strangers, int talkers)
    {
        await using var network = await AttackedNetwork.StartAsync();
        var hellos = Enumerable.Range(0, talkers).Select(_ => network.Hello(new RawListener().Address)).ToArray();
        var before = network.Pinging.Answers.Length;
        using var crowd = new Crowd();
        await crowd.JoinAsync(network.Seed, talkers, number => hellos[number] + "{");
        await crowd.JoinAsync(network.Seed, strangers, _ => "{");
        var opened = Stopwatch.GetTimestamp();
        using var over = new CancellationTokenSource();
        var dripping = DripAsync(crowd, over.Token);

        int? heldAfterFive = null;
        await network.UntilAsync(
            () =>
            {
                var held = crowd.Held;
                if (Stopwatch.GetElapsedTime(opened).TotalSeconds > 5) heldAfterFive ??= held;
                return held == 0;
            },
            "all are let go");
        var took = Stopwatch.GetElapsedTime(opened);
        var pings = new Quantiles(network.Pinging.Answers.Skip(before));
        await over.CancelAsync();
        await dripping;
        await network.UntilAsync(
            () => network.Refused("HELLO_TIMEOUT") + network.Refused("LINE_TIMEOUT") == strangers + talkers,
            "each is counted once");

        TestContext.Out.WriteLine($"S2: {strangers + talkers} connections, {talkers} of them after HELLO:"
            + $" {heldAfterFive ?? 0} held 5 s after the last was opened, none after {took.TotalSeconds:F2} s;"
            + $" meanwhile the member had {pings}, and lost {network.Pinging.LinksLost} links");
        Assert.That(network.Refused("LINE_TIMEOUT"), Is.EqualTo(talkers));
        Assert.That(network.IsAlive, Is.True);
        Assert.That(network.Pinging.LinksLost, Is.Zero, "the member's link is left alone");
    }

    private static async Task DripAsync(Crowd crowd, CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await crowd.DripAsync(drop);
        }
    }
}
