using GossipSim.Engine.Protocol;
using NUnit.Framework;

namespace GossipSim.Tests.Engine;

/// <summary>DESIGN section 5, "Liveness": from a sign of life to the suspicion; SOURCES N3, D15, W35.</summary>
[TestFixture]
internal sealed class LivenessTests
{
    private static readonly NodeAddress A = Cast.Peer(1);
    private static readonly NodeAddress B = Cast.Peer(2);
    private readonly PeerStage stage = PeerStage.Joined(A, B);

    private RecordingHost Host => stage.Host;

    [Test]
    public void A_neighbor_silent_for_an_interval_is_pinged()
    {
        Host.Waits(stage.Options.PingInterval * 0.5);
        Assert.That(Host.All<Ping>(), Is.Empty);

        Host.Waits(stage.Options.PingInterval);

        Assert.That(Host.RecipientsOf<Ping>().Distinct(), Is.EquivalentTo(new[] { A, B }));
    }

    [Test]
    public void Any_message_is_a_sign_of_life_and_saves_the_ping()
    {
        for (var tenth = 0; tenth < 30; tenth++)
        {
            Host.Hears(A, new Witness(Cast.Peer(77), 1, 1, Verdict.Unknown));
            Host.Waits(0.1);
        }

        Assert.That(Host.SentTo<Ping>(A), Is.Empty);
        Assert.That(Host.SentTo<Ping>(B), Is.Not.Empty);
    }

    [Test]
    public void Three_misses_make_a_suspect_and_never_fewer()
    {
        for (var step = 0; Host.Reported(EventKind.Suspected).All(happened => happened.About != A); step++)
        {
            Assert.That(step, Is.LessThan(200), "the suspicion never came");
            stage.WaitsWhile(0.05, B);
        }

        Assert.That(Host.SentTo<Ping>(A).Length, Is.EqualTo(3));
        var firstPing = Host.Sent.First(sending => sending.To == A && sending.Message is Ping).At;
        // Pings due within an eighth of an interval go out together, so each may come that much sooner.
        var shortest = (1.75 * stage.Options.PingInterval) + stage.Options.PingTimeout;
        Assert.That(Host.Now - firstPing, Is.GreaterThanOrEqualTo(shortest));
        var silence = (Silence)Host.Reported(EventKind.Suspected).Single(happened => happened.About == A).Detail!;
        var firstMiss = Host.Now + TimeSpan.FromMicroseconds(-silence.SinceFirstMiss);
        Assert.That((firstMiss - firstPing - stage.Options.PingTimeout).TotalSeconds, Is.EqualTo(0).Within(0.06));
    }

    [Test]
    public void An_answer_after_two_misses_begins_the_count_anew()
    {
        for (var round = 0; round < 10; round++)
        {
            var pings = Host.SentTo<Ping>(A).Length;
            while (Host.SentTo<Ping>(A).Length < pings + 2) stage.WaitsWhile(0.05, B);
            stage.WaitsWhile(0.55, B);
            Host.Hears(A, new Witness(Cast.Peer(77), 1, 1, Verdict.Unknown));
        }

        Assert.That(Host.Reported(EventKind.Suspected), Is.Empty);
    }

    [Test]
    public void Every_neighbor_ping_carries_the_digest()
    {
        Host.Waits(3);

        Assert.That(Host.All<Ping>().Select(ping => ping.Digest.HasValue), Is.Not.Empty.And.All.True);
    }

    [Test]
    public void A_ping_is_answered_with_who_lives_here_and_with_whom()
    {
        Host.Hears(A, new Ping(new GossipDigest(0, 0)));

        var pong = Host.SentTo<Pong>(A).Single();
        Assert.That((pong.NodeId, pong.Epoch, pong.Degree), Is.EqualTo((Cast.ProcessAt(stage.Self), 1, 2)));
        Assert.That(pong.Neighbors, Is.EquivalentTo(new[] { A, B }));
    }

    [Test]
    public void Who_pings_as_a_neighbor_without_being_one_is_told_to_let_go()
    {
        Host.Hears(Cast.Peer(90), new Ping(new GossipDigest(0, 0)));

        Assert.That(Host.SentTo<Disconnect>(Cast.Peer(90)), Has.Length.EqualTo(1));
    }

    [Test]
    public void A_reset_triggers_one_probe_more_and_no_verdict()
    {
        Host.LosesLinkTo(A);

        Assert.That(Host.SentTo<Ping>(A), Has.Length.EqualTo(1));
        Assert.That(Host.Reported(EventKind.Suspected), Is.Empty);
        Assert.That(stage.Neighbors(), Does.Contain(A));
        Host.LosesLinkTo(A);
        Assert.That(Host.SentTo<Ping>(A), Has.Length.EqualTo(1), "not one for each reset");
    }

    [Test]
    public void Many_resets_of_a_neighbor_that_answers_make_no_suspect()
    {
        for (var reset = 0; reset < 20; reset++)
        {
            Host.LosesLinkTo(A);
            stage.Pongs(A);
            stage.WaitsWhile(0.3, A, B);
        }

        Assert.That(Host.Reported(EventKind.Suspected), Is.Empty);
    }

    [Test]
    public void A_node_whose_own_loop_lags_voids_its_misses()
    {
        for (var round = 0; round < 20; round++)
        {
            Host.Hangs(2);
            Host.Waits(0.05);
        }

        Assert.That(Host.Reported(EventKind.Suspected), Is.Empty);
    }

    [Test]
    public void A_peer_whose_clock_was_set_back_pings_at_once()
    {
        Host.Hangs(-30);
        Host.TurnsPage();

        Host.Fires(TimerKind.Liveness);

        Assert.That(Host.All<Ping>(), Is.Not.Empty);
    }

    [Test]
    public void After_its_own_lag_it_detects_as_before()
    {
        Host.Hangs(5);
        stage.WaitsWhile(10, B);

        Assert.That(Host.Reported(EventKind.Suspected).Select(happened => happened.About), Is.EqualTo(new[] { A }));
    }

    [Test]
    public void Another_process_answering_for_a_neighbor_ends_the_link()
    {
        stage.Pongs(A, process: 1);

        Assert.That(stage.Neighbors(), Is.EqualTo(new[] { B }));
    }
}
