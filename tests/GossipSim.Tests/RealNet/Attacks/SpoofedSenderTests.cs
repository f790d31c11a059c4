using GossipSim.Engine.Protocol;
using GossipSim.RealNet;
using NUnit.Framework;

namespace GossipSim.Tests.RealNet.Attacks;

/// <summary>
/// ANCHORS 2.8, S7: who sends is what the connection proved. Whoever names another sender is cut off and counted, and
/// nothing that he said has an effect; no payload is a sign of somebody else's life.
/// </summary>
[TestFixture]
[Category(FullSize.Category)]
internal sealed class SpoofedSenderTests
{
    private static readonly NodeAddress other = NodeAddress.Parse("10.0.0.1:7000");

    private static IEnumerable<TestCaseData> Spoofed()
    {
        yield return Named($$"""{"type":"LEAVE","epoch":1,"from":"{{other}}"}""" + "\n", "in_a_field_of_its_own");
        yield return Named("""{"from":"nobody","type":"LEAVE","epoch":1}""" + "\n", "as_no_address_at_all");
        yield return Named("""{"from":7,"type":"LEAVE","epoch":1}""" + "\n", "as_a_number");
        yield return Named(RawClient.Line(new Register(other, new NodeId(1))), "when_it_registers");
        yield return Named(RawClient.Line(Report("10.0.0.9")), "as_the_reporter_of_a_death");

        static TestCaseData Named(string line, string name) => new(line) { TestName = $"Another_sender_{name}" };
    }

    [TestCaseSource(nameof(Spoofed))]
    public async Task Who_names_another_sender_is_cut_off_and_counted(string line)
    {
        await using var network = await RealContractNetwork.StartAllAsync(1);
        var node = network.Addresses[0];
        using var liar = new RawClient(node);

        liar.Write(RawClient.Hello(new RawListener().Address) + line + RawClient.Leave(9));

        Assert.That(liar.ReadToEnd(), Does.EndWith("""{"type":"ERROR","reason":"WRONG_SENDER"}""" + "\n"));
        await network.UntilAsync(() => network.Network.Counters.Refused.Count > 0, "it is counted");
        Assert.That(network.At(node).Messages, Is.Empty);
        var refused = new Dictionary<string, long> { ["WRONG_SENDER"] = 1 };
        Assert.That(network.Network.Counters.Refused, Is.EqualTo(refused));
    }

    [Test]
    public async Task Who_names_himself_is_heard()
    {
        await using var network = await RealContractNetwork.StartAllAsync(1);
        var (node, self) = (network.Addresses[0], new RawListener().Address);
        using var honest = new RawClient(node);

        honest.Write(RawClient.Hello(self) + $$"""{"type":"LEAVE","epoch":1,"from":"{{self}}"}""" + "\n"
            + RawClient.Line(new Register(self, new NodeId(1))) + RawClient.Line(Report(self.HostText)));
        await network.UntilAsync(() => network.At(node).Messages.Count() == 3, "all three are heard");

        Assert.That(network.Network.Counters.Refused, Is.Empty);
    }

    [Test]
    public async Task A_pong_in_the_name_of_the_dead_keeps_nobody_alive()
    {
        await using var cluster = await ClusterOnTcp.StartAsync(4);
        foreach (var peer in cluster.Others) await cluster.Network.StartAsync(peer);
        await cluster.UntilListedAsync(cluster.Others);
        var victim = cluster.Others[1];
        var nodeId = cluster.Network.NodeIdAt(victim)!.Value;
        await cluster.Network.CrashAsync(victim, "kill");

        // Each on a connection of his own address, about the dead one in every way there is.
        using var over = new CancellationTokenSource();
        var lying = Task.Run(() => LieAsync(cluster.Seeds, victim, nodeId, over.Token));
        await cluster.UntilAsync(
            () => !cluster.Seeds.Any(seed => cluster.ListOf(seed).Contains(victim)), "the dead one is removed");
        await over.CancelAsync();
        await lying;

        foreach (var seed in cluster.Seeds)
            Assert.That(
                cluster.CommitsOf(seed, victim).Select(entry => entry.IsAlive), Is.EqualTo(new[] { true, false }));
    }

    private static DeadNode Report(string reporter) =>
        new(other, 1, new NodeId(1), ReportFlag.Sole, $"Dead Node:{other}:1700000000:{reporter}");

    private static async Task LieAsync(NodeAddress[] seeds, NodeAddress dead, NodeId nodeId, CancellationToken over)
    {
        var self = new RawListener().Address;
        while (!over.IsCancellationRequested)
        {
            foreach (var seed in seeds)
            {
                using var liar = new RawClient(seed);
                liar.Write(RawClient.Hello(self, nodeId: nodeId.Value)
                    + RawClient.Line(new Pong(nodeId, 1, 1, [dead]))
                    + RawClient.Line(new Alive(dead, 1, Refute: true))
                    + RawClient.Line(new Refresh(nodeId, 1, 1, [dead])));
                liar.ReadLine();
            }

            await Task.Delay(50, over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
