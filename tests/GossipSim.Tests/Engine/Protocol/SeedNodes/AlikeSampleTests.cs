using GossipSim.Engine.Protocol;
using NUnit.Framework;

namespace GossipSim.Tests.Engine;

/// <summary>Samples of long lists for overlay rules that do not choose by degree.</summary>
[TestFixture]
internal sealed class AlikeSampleTests
{
    private const int Members = 40, Limit = 10, Reads = 1500;

    [TestCase(0)]
    [TestCase(1500, Description = "hardly any place is of a live member")]
    public void All_live_members_have_the_same_chance_whatever_their_degree(int removed)
    {
        var options = new SeedNodeOptions { SeedNodes = [], PeerListLimit = Limit, SamplesByDegree = false };
        var stage = new SeedNodeStage(options: options);
        for (var peer = Members; peer < Members + removed; peer++)
            stage.OthersAgreeOn(Cast.Member(Cast.Peer(peer)).AsRemoved());
        for (var peer = 0; peer < Members; peer++) stage.OthersAgreeOn(Cast.Member(Cast.Peer(peer)));
        var hub = Cast.Peer(0);
        stage.Host.Hears(hub, new Refresh(Cast.ProcessAt(hub), 1, 30, [.. Enumerable.Range(1, 30).Select(Cast.Peer)]));

        var named = new List<int>();
        for (var read = 0; read < Reads; read++)
        {
            stage.Host.TurnsPage();
            stage.Host.Hears(hub, new GetPeerList(PeerListPurpose.Join));
            var list = stage.Host.SentTo<PeerList>(hub).Single();
            Assert.That(list.Entries.Select(entry => entry.Address), Is.Unique);
            Assert.That((list.Entries.Length, list.Total), Is.EqualTo((Limit, Members)));
            named.AddRange(list.Entries.Select(entry => entry.Address.Port - hub.Port));
        }

        Picks.AssertShares(
            Picks.Count(named, Members), Enumerable.Repeat(1.0 / Members, Members).ToArray(),
            spread: (Members - Limit) / (Members - 1.0));
    }
}
