using GossipSim.RealNet.Wire;
using NUnit.Framework;

namespace GossipSim.Tests.RealNet.Attacks;

/// <summary>
/// ANCHORS 2.8, S1: a line of 256 MiB without an end costs the victim at most 5 MB, and is cut at most 1 MiB after the
/// limit.
/// </summary>
[TestFixture]
[Platform("Linux")]
[NonParallelizable]
internal sealed class LongLineTests
{
    private const int Megabyte = 1 << 20;
    private const long LineBytes = 256L * Megabyte;

    [TestCase(false, 1, 8, Category = FullSize.Category)]
    [TestCase(true, 1, 8, Category = FullSize.Category)]
    [TestCase(false, 50, 4, Explicit = true, Category = FullSize.Category, Reason = FullSize.Reason)]
    [TestCase(true, 50, 4, Explicit = true, Category = FullSize.Category, Reason = FullSize.Reason)]
    public async Task A_line_without_end_costs_little_and_is_cut(bool saysHello, int connections, int attempts)
    {
        await using var network = await AttackedNetwork.StartAsync();
        // Its first of each kind takes memory for code that is compiled then.
        for (var warmUp = 0; warmUp < 3; warmUp++) await SendAsync(network, saysHello);
        await network.UntilToldAsync();
        var (memory, counted) = (network.MemoryOf(network.Seed), network.Counters);
        var (first, cost) = (memory.Resident, 0L);

        for (var attempt = 0; attempt < attempts; attempt++)
        {
            memory.ForgetPeak();
            var before = memory.Resident;
            await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => SendAsync(network, saysHello)));
            cost = Math.Max(cost, memory.Peak - before);
        }

        var lines = attempts * connections;
        await network.UntilAsync(() => network.Counters.Refused.Values.Sum() >= 3 + lines, "all lines are refused");
        await network.UntilToldAsync();

        var read = (network.Counters.BytesReceived - counted.BytesReceived) / lines;
        TestContext.Out.WriteLine($"S1: {lines} lines of 256 MiB, {connections} at a time"
            + $"{(saysHello ? " after HELLO" : "")}: {cost / 1024} KiB more resident at most while they came,"
            + $" {(memory.Resident - first) / 1024} KiB more after all of them; {read / 1024} KiB read of each");
        Assert.That(read, Is.LessThanOrEqualTo(WireLimits.LineBytes + Megabyte));
        Assert.That(cost, Is.LessThanOrEqualTo(5_000_000L * Math.Max(1, connections / 10)));
        Assert.That(network.IsAlive, Is.True);
    }

    /// <summary>As much of the line as the victim takes.</summary>
    private static Task SendAsync(AttackedNetwork network, bool saysHello) => Task.Factory.StartNew(
        () => Send(network, saysHello), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static void Send(AttackedNetwork network, bool saysHello)
    {
        using var attacker = new RawClient(network.Seed);
        if (saysHello)
        {
            attacker.Write(network.Hello(new RawListener().Address));
            attacker.ReadLine();
        }

        var piece = new byte[64 * 1024];
        Array.Fill(piece, (byte)'a');
        Assert.That(
            () =>
            {
                for (var sent = 0L; sent < LineBytes; sent += piece.Length) attacker.Write(piece);
            },
            Throws.InstanceOf<IOException>());
    }
}
