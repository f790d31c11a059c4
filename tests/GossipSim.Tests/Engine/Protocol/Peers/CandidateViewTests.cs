using GossipSim.Engine.Protocol;
using NUnit.Framework;

namespace GossipSim.Tests.Engine;

/// <summary>The passive view: members that a peer might link to.</summary>
[TestFixture]
internal sealed class CandidateViewTests
{
    private NodeRandom random = new(1);

    [Test]
    public void Later_news_of_an_address_replaces_earlier_and_the_larger_degree_stays()
    {
        var view = ViewOf(3);

        view.Add(new PeerListEntry(Cast.Peer(1), Epoch: 2, JoinStamp: 9, Degree: 1), 10, ref random);
        view.Add(new PeerListEntry(Cast.Peer(2), Epoch: 0, JoinStamp: 9, Degree: 50), 10, ref random);

        Assert.That(view.Count, Is.EqualTo(3));
        Assert.That(view[1], Is.EqualTo(new PeerListEntry(Cast.Peer(1), 2, 9, Degree: 2)));
        Assert.That(view[2], Is.EqualTo(Entry(2)), "an earlier epoch is old news");
    }

    [Test]
    public void A_full_view_forgets_somebody_for_each_newcomer()
    {
        var view = ViewOf(10);

        for (var peer = 10; peer < 30; peer++)
        {
            view.Add(Entry(peer), limit: 10, ref random);
            Assert.That(Addresses(view), Does.Contain(Cast.Peer(peer)).And.Length.EqualTo(10).And.Unique);
        }
    }

    [Test]
    public void Who_is_taken_out_leaves_the_others_in_their_order()
    {
        var view = ViewOf(5);

        view.Remove(Cast.Peer(2));
        view.Remove(Cast.Peer(77));

        Assert.That(Addresses(view), Is.EqualTo(new[] { 0, 1, 3, 4 }.Select(Cast.Peer)));
        Assert.That(view[2], Is.EqualTo(Entry(3)));
    }

    [Test]
    public void Shrinking_keeps_a_fair_sample_with_all_that_is_known_of_it()
    {
        var kept = new int[20];
        const int Times = 4_000;
        for (var time = 0; time < Times; time++)
        {
            var view = ViewOf(20);
            view.ShrinkTo(5, ref random);
            Assert.That(view.Count, Is.EqualTo(5));
            Assert.That(Addresses(view), Is.Unique);
            for (var place = 0; place < 5; place++)
            {
                var peer = view[place].Address.Port - Cast.Peer(0).Port;
                Assert.That(view[place], Is.EqualTo(Entry(peer)));
                kept[peer]++;
            }
        }

        // Binomial: five standard deviations of 4,000 draws with a chance of a quarter.
        Assert.That(kept, Has.All.EqualTo(Times / 4).Within(5 * Math.Sqrt(Times * 0.25 * 0.75)));
    }

    [Test]
    public void Few_enough_are_all_kept_as_they_are()
    {
        var view = ViewOf(5);

        view.ShrinkTo(5, ref random);

        Assert.That(Addresses(view), Is.EqualTo(Enumerable.Range(0, 5).Select(Cast.Peer)));
    }

    private static PeerListEntry Entry(int peer) => new(Cast.Peer(peer), 1, JoinStamp: 100 + peer, Degree: peer + 1);

    private static NodeAddress[] Addresses(CandidateView view) =>
        [.. Enumerable.Range(0, view.Count).Select(view.AddressAt)];

    private CandidateView ViewOf(int peers)
    {
        var view = new CandidateView();
        for (var peer = 0; peer < peers; peer++) view.Add(Entry(peer), Math.Max(10, peers), ref random);
        return view;
    }
}
