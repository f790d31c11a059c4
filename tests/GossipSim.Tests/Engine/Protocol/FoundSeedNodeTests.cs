using GossipSim.Engine.Protocol;
using NUnit.Framework;

namespace GossipSim.Tests.Engine;

/// <summary>Nodes whose list has a seed node without an address, and what its address changes.</summary>
[TestFixture]
internal sealed class FoundSeedNodeTests
{
    private static readonly NodeAddress Found = Cast.SeedNode(2);
    private static readonly NodeAddress[] WithUnresolved =
        [Cast.SeedNode(0), Cast.SeedNode(1), NodeAddress.Unresolved(2, Found.Port)];

    private static readonly ProtocolTimer ToldByHost = new(TimerKind.SeedNodeFound, Found, Round: 2);

    [Test]
    public void A_seed_node_speaks_with_another_only_once_it_has_an_address()
    {
        var options = new SeedNodeOptions { SeedNodes = WithUnresolved };
        var host = new RecordingHost(
            node => new SeedNode(options, node), new NodeStart(Cast.SeedNode(0), Cast.ProcessAt(Cast.SeedNode(0)), []));
        host.Starts();
        var digest = new SyncDigest(new ulong[ListHashes.BucketCount], Learning: true);
        host.Hears(Found, digest);
        Assert.That(host.SentTo<SyncDelta>(Found), Is.Empty, "a stranger is not answered");

        host.Fires(ToldByHost);
        host.Hears(Found, digest);
        host.TurnsPage();
        host.Waits(options.SyncInterval * 2);

        Assert.That(host.RecipientsOf<SyncDigest>(), Does.Contain(Found));
        Assert.That(host.RecipientsOf<SyncDigest>().Any(each => each.IsUnresolved), Is.False);
    }

    [Test]
    public void A_peer_tells_a_seed_node_that_it_leaves_only_once_that_has_an_address()
    {
        var options = new PeerOptions { SeedNodes = WithUnresolved };
        var host = new RecordingHost(
            node => new Peer(options, node), new NodeStart(Cast.Peer(50), Cast.ProcessAt(Cast.Peer(50)), []));
        host.Starts();
        host.Fires(ToldByHost);
        host.Hears(
            host.RecipientsOf<Register>()[^1],
            new RegisterAck(host.Self, 1, 1, new Certificate(default, [Cast.SeedNode(0), Cast.SeedNode(1)])));

        host.Fires(TimerKind.Leave);

        Assert.That(host.RecipientsOf<Leave>(), Is.EquivalentTo(Cast.SeedNodes(3)));
    }
}
