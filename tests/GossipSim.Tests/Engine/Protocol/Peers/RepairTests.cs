using GossipSim.Engine.Protocol;
using NUnit.Framework;

namespace GossipSim.Tests.Engine;

/// <summary>DESIGN section 5: links that are lost are replaced; a membership that others ended is renewed.</summary>
[TestFixture]
internal sealed class RepairTests
{
    private static readonly NodeAddress Old = Cast.Peer(1);
    private static readonly NodeAddress Young = Cast.Peer(60);

    [Test]
    public void Without_an_older_neighbor_it_asks_for_the_oldest_each_interval_for_ever()
    {
        var stage = PeerStage.Joined(Old);
        stage.IsAskedBy(Young);
        stage.IsAskedBy(Cast.Peer(61));
        stage.Host.Hears(Old, new Disconnect());
        stage.Host.TurnsPage();

        stage.WaitsWhile(30, Young, Cast.Peer(61));

        var asked = stage.Host.Sent
            .Where(sending => sending.Message is GetPeerList { Purpose: PeerListPurpose.Oldest }).ToArray();
        Assert.That(asked, Has.Length.EqualTo(30).Within(1));
        Assert.That(asked.Select(sending => sending.To).Distinct(), Is.EquivalentTo(stage.Options.SeedNodes));
    }

    [Test]
    public void The_oldest_are_linked_to_when_they_are_told()
    {
        var stage = PeerStage.Joined(Old);
        stage.Host.Hears(Old, new Disconnect());
        stage.Host.TurnsPage();

        stage.Hears(Cast.SeedNode(0), PeerListPurpose.Oldest, PeerStage.Entry(Cast.Peer(5), joinStamp: 2));

        Assert.That(stage.Host.RecipientsOf<Connect>(), Is.EqualTo(new[] { Cast.Peer(5) }));
    }

    [Test]
    public void With_its_links_made_a_peer_remembers_thirty_others_and_can_link_to_them()
    {
        var stage = new PeerStage();
        stage.IsAcknowledged();
        stage.ReadsFromAMajority([.. Enumerable.Range(100, 200).Select(peer => PeerStage.Entry(Cast.Peer(peer)))]);
        Assert.That(stage.Host.Node.TableEntries, Is.EqualTo(200), "while it joins, all that it heard of");
        var opened = stage.Host.RecipientsOf<Connect>();
        foreach (var older in opened) stage.IsAcceptedBy(older);
        Assert.That(stage.Host.Node.TableEntries, Is.EqualTo(opened.Length + 30));
        stage.Host.TurnsPage();

        foreach (var older in opened) stage.Host.Hears(older, new Disconnect());
        stage.Host.Waits(stage.Options.RepairInterval);

        Assert.That(stage.Host.RecipientsOf<Connect>(), Is.Not.Empty.And.No.AnyOf(opened));
    }

    [Test]
    public void With_an_older_neighbor_and_enough_links_nothing_is_asked()
    {
        var stage = PeerStage.Joined(Old, Cast.Peer(2), Cast.Peer(3));

        stage.WaitsWhile(8, Old, Cast.Peer(2), Cast.Peer(3));

        Assert.That(stage.Host.All<GetPeerList>(), Is.Empty);
        Assert.That(stage.Host.All<Connect>(), Is.Empty);
    }

    [Test]
    public void Below_the_minimum_degree_it_asks_a_seed_node_for_members()
    {
        var stage = PeerStage.Joined(Old);

        stage.WaitsWhile(3, Old);

        Assert.That(stage.Host.All<GetPeerList>().Select(asked => asked.Purpose), Does.Contain(PeerListPurpose.Repair));
    }

    [Test]
    public void A_dead_neighbors_neighbors_are_candidates()
    {
        var stage = PeerStage.Joined(Old, Cast.Peer(2));
        stage.Pongs(Old, neighbors: [Cast.Peer(30)]);
        stage.Host.TurnsPage();

        stage.Host.Hears(Cast.SeedNode(0), new Removed(Cast.Member(Old).AsRemoved(), null));

        Assert.That(stage.Neighbors(), Is.EqualTo(new[] { Cast.Peer(2) }));
        Assert.That(stage.Host.RecipientsOf<Connect>(), Is.EqualTo(new[] { Cast.Peer(30) }));
    }

    [Test]
    public void A_removed_member_is_not_linked_to_again_by_old_news()
    {
        var stage = PeerStage.Joined(Old, Cast.Peer(2));
        stage.Host.Hears(Cast.SeedNode(0), new Removed(Cast.Member(Old).AsRemoved(), null));
        stage.Host.TurnsPage();

        stage.Hears(Cast.SeedNode(1), PeerListPurpose.Repair, PeerStage.Entry(Old));
        Assert.That(stage.Host.RecipientsOf<Connect>(), Has.None.EqualTo(Old));
        stage.IsAskedBy(Old, joinStamp: 1);
        Assert.That(stage.Host.SentTo<Removed>(Old), Is.Not.Empty, "it is told instead");

        stage.IsAskedBy(Old, joinStamp: 200, epoch: 2, process: 1);
        Assert.That(stage.Neighbors(), Does.Contain(Old), "the next epoch is another member");
    }

    [Test]
    public void A_peer_is_not_believed_about_the_removal_of_others()
    {
        var stage = PeerStage.Joined(Old, Cast.Peer(2));

        stage.Host.Hears(Cast.Peer(2), new Removed(Cast.Member(Old).AsRemoved(), null));

        Assert.That(stage.Neighbors(), Does.Contain(Old));
    }

    [Test]
    public void Disconnect_ends_the_link_and_is_no_sign_of_death()
    {
        var stage = PeerStage.Joined(Old, Cast.Peer(2), Cast.Peer(3));

        stage.Host.Hears(Old, new Disconnect());
        Assert.That(stage.Neighbors(), Does.Not.Contain(Old));
        stage.WaitsWhile(10, Cast.Peer(2), Cast.Peer(3));

        Assert.That(stage.Host.Reported(EventKind.Suspected), Is.Empty);
        Assert.That(stage.Host.All<DeadNode>(), Is.Empty);
    }

    [Test]
    public void Every_refresh_interval_one_seed_node_hears_of_it()
    {
        var stage = PeerStage.Joined(Old, Cast.Peer(2));
        stage.IsAskedBy(Young);
        stage.Host.TurnsPage();

        for (var second = 0; second < 40; second++)
        {
            var before = stage.Host.Sent.Count;
            stage.WaitsWhile(1, Old, Cast.Peer(2), Young);
            foreach (var sending in stage.Host.Sent.Skip(before).Where(sending => sending.Message is Refresh).ToArray())
                stage.Hears(sending.To, PeerListPurpose.Refresh);
        }

        var refreshes = stage.Host.All<Refresh>();
        Assert.That(refreshes, Has.Length.EqualTo(4));
        Assert.That(refreshes[^1].Degree, Is.EqualTo(3));
        Assert.That(refreshes[^1].Neighbors, Is.EquivalentTo(new[] { Old, Cast.Peer(2) }), "those it opened itself");
        Assert.That(stage.Host.RecipientsOf<Refresh>().Distinct().Single(),
            Is.EqualTo(stage.Options.SeedNodes[SeedRing.IndexOf(stage.Self, 0, 3)]));
    }

    [Test]
    public void A_refresh_without_an_answer_goes_to_the_next_seed_node()
    {
        var stage = PeerStage.Joined(Old);

        stage.WaitsWhile(13, Old);

        Assert.That(stage.Host.RecipientsOf<Refresh>().Take(3).Distinct(), Is.EquivalentTo(stage.Options.SeedNodes));
    }

    [Test]
    public void Not_answered_it_waits_twice_as_long_each_time_up_to_an_interval_and_then_begins_anew()
    {
        var stage = PeerStage.Joined(Old);
        var named = stage.Options.SeedNodes[SeedRing.IndexOf(stage.Self, 0, 3)];

        var silent = SecondsOfRefreshes(stage, 60);
        stage.Hears(named, PeerListPurpose.Refresh);
        stage.Host.TurnsPage();
        stage.WaitsWhile(11, Old);

        var waits = silent.Zip(silent.Skip(1), (earlier, later) => later - earlier);
        Assert.That(waits.Take(7), Is.EqualTo(new[] { 1, 2, 4, 8, 10, 10, 10 }).Within(1), "each second is looked at");
        Assert.That(stage.Host.RecipientsOf<Refresh>()[0], Is.EqualTo(named), "whose turn it is at first");
    }

    [Test]
    public void Answered_after_a_long_silence_it_has_no_long_wait_left()
    {
        var stage = PeerStage.Joined(Old);
        stage.WaitsWhile(40, Old);
        stage.Hears(Cast.SeedNode(0), PeerListPurpose.Refresh);
        stage.Host.TurnsPage();

        stage.Host.Hears(Cast.Peer(9), new Removed(Cast.Member(stage.Self).AsRemoved(), null));
        stage.WaitsWhile(2, Old);

        Assert.That(stage.Host.RecipientsOf<Refresh>(), Has.Length.EqualTo(2), "the next is asked a second later");
    }

    [Test]
    public void Removed_while_it_waits_for_an_answer_it_has_nothing_to_refresh_until_it_is_a_member_again()
    {
        var stage = PeerStage.Joined(Old);
        var removed = new Removed(Cast.Member(stage.Self).AsRemoved(), null);
        stage.Host.Hears(Cast.Peer(9), removed);
        Assert.That(stage.Host.All<Refresh>(), Has.Length.EqualTo(1), "it asks, and is told");
        stage.Host.Hears(Cast.SeedNode(0), removed);
        stage.Host.TurnsPage();

        stage.Host.Waits(30);

        Assert.That(stage.Host.All<Refresh>(), Is.Empty);
    }

    /// <summary>The seconds in which it sent a REFRESH, counted from now on; nobody answers.</summary>
    private static int[] SecondsOfRefreshes(PeerStage stage, int seconds)
    {
        var sent = new List<int>();
        for (var second = 0; second < seconds; second++)
        {
            var before = stage.Host.All<Refresh>().Length;
            stage.WaitsWhile(1, Old);
            sent.AddRange(Enumerable.Repeat(second, stage.Host.All<Refresh>().Length - before));
        }

        return [.. sent];
    }

    [Test]
    public void Found_removed_it_ends_its_links_and_registers_again()
    {
        var stage = PeerStage.Joined(Old, Cast.Peer(2));

        stage.Host.Hears(Cast.SeedNode(0), new Removed(Cast.Member(stage.Self).AsRemoved(), null));

        Assert.That(stage.Host.RecipientsOf<Disconnect>(), Is.EquivalentTo(new[] { Old, Cast.Peer(2) }));
        Assert.That(stage.Host.All<Register>(), Has.Length.EqualTo(1));
        Assert.That(stage.Host.Reported(EventKind.FoundItselfRemoved), Has.Length.EqualTo(1));
    }

    [Test]
    public void Registering_again_it_takes_only_a_higher_epoch()
    {
        var stage = PeerStage.Joined(Old);
        stage.Host.Hears(Cast.SeedNode(0), new Removed(Cast.Member(stage.Self).AsRemoved(), null));

        stage.IsAcknowledged(epoch: 1);
        Assert.That(stage.Host.Reported(EventKind.Registered), Is.Empty, "that one is over");
        Assert.That(
            stage.Host.RecipientsOf<Leave>(), Is.EquivalentTo(stage.Options.SeedNodes),
            "or is over now: whoever committed its removal may have lost its disk");
        Assert.That(stage.Host.All<Leave>().Select(leave => leave.Epoch), Is.All.EqualTo(1));

        stage.IsAcknowledged(epoch: 2);
        Assert.That(stage.Host.Reported(EventKind.Registered).Single().Number, Is.EqualTo(2));
    }

    [Test]
    public void Told_by_a_peer_that_it_is_removed_it_asks_a_seed_node_and_stays()
    {
        var stage = PeerStage.Joined(Old);

        stage.Host.Hears(Cast.Peer(9), new Removed(Cast.Member(stage.Self).AsRemoved(), null));

        Assert.That(stage.Host.RecipientsOf<Refresh>(), Is.SubsetOf(stage.Options.SeedNodes).And.Not.Empty);
        Assert.That(stage.Neighbors(), Is.EqualTo(new[] { Old }));
    }

    [Test]
    public void Old_news_of_an_earlier_removal_changes_nothing()
    {
        var stage = new PeerStage();
        stage.IsAcknowledged(epoch: 5);
        stage.Host.TurnsPage();

        stage.Host.Hears(Cast.SeedNode(0), new Removed(Cast.Member(stage.Self, epoch: 4).AsRemoved(), null));

        Assert.That(stage.Host.All<Register>(), Is.Empty);
    }

    [Test]
    public void Who_leaves_tells_all_seed_nodes_and_all_neighbors_and_falls_silent()
    {
        var stage = PeerStage.Joined(Old, Cast.Peer(2));

        stage.Host.Fires(TimerKind.Leave);

        Assert.That(stage.Host.RecipientsOf<Leave>(), Is.EquivalentTo(stage.Options.SeedNodes));
        Assert.That(stage.Host.RecipientsOf<Disconnect>(), Is.EquivalentTo(new[] { Old, Cast.Peer(2) }));
        stage.Host.TurnsPage();
        stage.Host.Waits(60);
        stage.Host.Hears(Old, new Ping(Digest: null));
        Assert.That(stage.Host.Sent, Is.Empty);
    }

    [Test]
    public void Without_links_it_tries_a_list_of_dead_members_less_and_less_often_and_finds_who_comes_back()
    {
        NodeAddress[] dead = [Old, Cast.Peer(2), Cast.Peer(3)];
        PeerListEntry[] list = [.. dead.Select((address, age) => PeerStage.Entry(address, age + 1))];
        var stage = new PeerStage();
        stage.IsAcknowledged();
        stage.ReadsFromAMajority(list);
        Answer(stage, list, 60, alive: null);
        stage.Host.TurnsPage();

        Answer(stage, list, 60, alive: null);

        var tries = stage.Host.All<Connect>().Length;
        Assert.That(tries, Is.InRange(dead.Length, 10 * 2 * dead.Length), "every refresh interval, not every second");

        Answer(stage, list, stage.Options.RefreshInterval.TotalSeconds + 1, alive: Old);
        Assert.That(stage.Neighbors(), Is.EqualTo(new[] { Old }));
    }

    /// <summary>Seed nodes tell the list, connections to all but the living one are refused.</summary>
    private static void Answer(PeerStage stage, PeerListEntry[] list, double seconds, NodeAddress? alive)
    {
        var handled = stage.Host.Sent.Count;
        for (var passed = 0.0; passed < seconds; passed += 0.05)
        {
            while (handled < stage.Host.Sent.Count)
            {
                var (to, message) = (stage.Host.Sent[handled].To, stage.Host.Sent[handled++].Message);
                if (message is GetPeerList asked) stage.Hears(to, asked.Purpose, list);
                else if (message is Connect && to != alive) stage.Host.LosesLinkTo(to);
                else if (message is Connect) stage.IsAcceptedBy(to);
            }

            stage.Host.Waits(0.05);
        }
    }
}
