using GossipSim.Engine.Protocol;
using GossipSim.Engine.Simulation;
using NUnit.Framework;
using static GossipSim.Tests.Engine.LinkTrial;

namespace GossipSim.Tests.Engine;

/// <summary>Cuts one way and both: a link keeps TCP's promises and no more, and TCP needs acknowledgements.</summary>
[TestFixture]
internal sealed class CutTests
{
    private const double FiveRetransmissionsMs = 200 + 400 + 800 + 1600 + 3200;

    [Test]
    public void Nothing_passes_in_the_direction_that_is_cut()
    {
        var trial = new LinkTrial();
        trial.Network.Impair("cut", CutLinks.OneWay(A, B));
        var sent = trial.Now;
        trial.Sends(A, B, 1);
        trial.RunsFor(30);

        Assert.That(trial.Heard(B, A), Is.Empty);
        var down = trial.Contract.At(A).Log.Single(heard => heard.Kind == "linkDown");
        Assert.That((down.Now - sent).TotalMilliseconds, Is.EqualTo(FiveRetransmissionsMs));
    }

    [Test]
    public void In_the_open_direction_data_arrive_once_and_their_sender_breaks_the_link_for_want_of_an_answer()
    {
        var trial = new LinkTrial();
        trial.Network.Impair("cut", CutLinks.OneWay(B, A));
        var sent = trial.Now;
        trial.Sends(A, B, 1);
        trial.RunsFor(1);
        trial.Sends(A, B, 2);
        trial.RunsFor(30);

        Assert.That(trial.Heard(B, A), Is.EqualTo(new[] { 1, 2 }), "no copy of a retransmission reaches the node");
        Assert.That(trial.MsUntil(B, 1, sent), Is.EqualTo(20));
        Assert.That(trial.MsUntil(B, 2, sent), Is.EqualTo(1020), "the window is open: nothing waits");
        var down = trial.Contract.At(A).Log.Single(heard => heard.Kind == "linkDown");
        Assert.That((down.Now - sent).TotalMilliseconds, Is.EqualTo(FiveRetransmissionsMs));
    }

    [TestCase(3)]
    [TestCase(6)]
    public void A_one_way_cut_that_ends_before_the_last_retransmission_breaks_nothing(double seconds)
    {
        var trial = new LinkTrial();
        trial.Network.Impair("cut", CutLinks.OneWay(B, A));
        trial.Sends(A, B, 1);
        trial.Sends(B, A, 2);
        trial.RunsFor(seconds);
        trial.Network.Mend("cut");
        trial.RunsFor(30);
        trial.Sends(A, B, 3);
        trial.RunsFor(1);

        Assert.That(trial.Heard(B, A), Is.EqualTo(new[] { 1, 3 }));
        Assert.That(trial.Heard(A, B), Is.EqualTo(new[] { 2 }));
        Assert.That(trial.LinksLost(A, B) + trial.LinksLost(B, A), Is.Zero);
    }

    [Test]
    public void Retransmissions_begin_anew_after_an_answer()
    {
        var trial = new LinkTrial();
        for (var cut = 1; cut <= 4; cut++)
        {
            trial.Network.Impair("cut", CutLinks.OneWay(B, A));
            trial.Sends(A, B, cut);
            trial.RunsFor(3);
            trial.Network.Mend("cut");
            trial.RunsFor(5);
        }

        Assert.That(trial.Heard(B, A), Is.EqualTo(new[] { 1, 2, 3, 4 }));
        Assert.That(trial.LinksLost(A, B), Is.Zero);
    }

    /// <summary>
    /// As the probes of a seed node: each waited behind the closed dials before it, whose retransmissions double.
    /// </summary>
    [Test]
    public void Dials_that_were_given_up_are_not_in_front_of_a_new_one()
    {
        var trial = new LinkTrial();
        trial.Sends(A, B, 1);
        trial.RunsFor(1);
        trial.Network.Impair("cut", CutLinks.OneWay(A, B));
        for (var message = 2; message <= 6; message++)
        {
            trial.Sends(A, B, message);
            trial.Contract.Do(A, (in context) => context.Close(B));
            trial.RunsFor(0.1);
        }

        trial.Network.Mend("cut");
        var mended = trial.Now;
        trial.Sends(A, B, 7);
        trial.RunsFor(30);

        Assert.That(trial.Heard(B, A), Is.EqualTo(new[] { 1, 2, 7 }), "what was to be sent on them is forgotten");
        Assert.That(trial.MsUntil(B, 7, mended), Is.LessThan(1000));
    }

    [TestCase(false)]
    [TestCase(true)]
    public void A_new_dial_needs_both_directions(bool isCutThere)
    {
        var trial = new LinkTrial();
        trial.Network.Impair("cut", isCutThere ? CutLinks.OneWay(A, C) : CutLinks.OneWay(C, A));
        trial.Sends(A, C, 1);
        trial.RunsFor(2);
        Assert.That(trial.Heard(C, A), Is.Empty);

        trial.Network.Mend("cut");
        trial.RunsFor(5);
        Assert.That(trial.Heard(C, A), Is.EqualTo(new[] { 1 }));
        Assert.That(trial.LinksLost(A, C), Is.Zero);
    }

    [Test]
    public void A_cut_that_is_not_one_way_holds_in_both_directions()
    {
        var trial = new LinkTrial();
        trial.Network.Impair("cut", new Impairment(new FromTo([A], [B], OneWay: false)) { Cuts = true });
        trial.Sends(A, B, 1);
        trial.Sends(B, A, 2);
        trial.Sends(A, C, 3);
        trial.RunsFor(30);

        Assert.That(trial.Heard(B, A), Is.Empty);
        Assert.That(trial.Heard(A, B), Is.Empty);
        Assert.That(trial.Heard(C, A), Is.EqualTo(new[] { 3 }), "other links are well");
        Assert.That((trial.LinksLost(A, B), trial.LinksLost(B, A)), Is.EqualTo((1, 1)));
    }

    [TestCase(false, 1)]
    [TestCase(true, 0)]
    public void A_crash_is_heard_through_a_one_way_cut_in_the_open_direction_only(bool isCutTowardsB, int heard)
    {
        var trial = new LinkTrial();
        trial.Network.Impair("cut", isCutTowardsB ? CutLinks.OneWay(A, B) : CutLinks.OneWay(B, A));
        trial.Network.Crash(A, "test");
        trial.RunsFor(30);

        Assert.That(trial.LinksLost(B, A), Is.EqualTo(heard));
    }

    [Test]
    public void The_end_of_a_link_that_is_lost_at_first_is_told_all_the_same()
    {
        var trial = new LinkTrial();
        trial.Network.Impair("cut", CutLinks.Between([A], [B]));
        trial.Contract.Do(A, (in context) => context.Close(B));
        trial.RunsFor(1);
        Assert.That(trial.LinksLost(B, A), Is.Zero);

        trial.Network.Mend("cut");
        trial.RunsFor(5);
        Assert.That(trial.LinksLost(B, A), Is.EqualTo(1));
    }

    [Test]
    public void A_paused_machine_goes_on_sending_again_and_its_node_hears_of_a_broken_link_afterwards()
    {
        var trial = new LinkTrial();
        trial.Network.Impair("cut", CutLinks.Between([A], [B]));
        trial.Sends(A, B, 1);
        trial.Network.Pause(A);
        trial.RunsFor(10);
        Assert.That(trial.LinksLost(A, B), Is.Zero);

        trial.Network.Resume(A);
        Assert.That(trial.LinksLost(A, B), Is.EqualTo(1));
    }
}
