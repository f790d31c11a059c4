using FsCheck;
using FsCheck.Fluent;
using GossipSim.Engine.Protocol;
using GossipSim.Engine.Simulation;
using NUnit.Framework;
using static GossipSim.Tests.Engine.LinkTrial;

namespace GossipSim.Tests.Engine;

/// <summary>Loss and latency that faults bring, measured against what they promise, alone and together.</summary>
[TestFixture]
internal sealed class ImpairedLinkTests
{
    private const int Messages = 4000;

    private static readonly Impairment tenPercent = new(new AllLinks()) { LossProbability = 0.1 };

    private static readonly Impairment fivePercent = new(new FromTo([A], [B], OneWay: true))
    {
        LossProbability = 0.05,
    };

    [Test]
    public void Losses_are_as_many_as_their_chance_says_and_so_are_losses_in_a_row()
    {
        var delays = Delays(("rain", tenPercent));

        AssertBinomial(delays.Count(ms => ms > 20), Messages, 0.1);
        AssertBinomial(delays.Count(ms => ms > 220), Messages, 0.1 * 0.1);
        Assert.That(delays.Distinct().Order().Take(3), Is.EqualTo(new double[] { 20, 220, 620 }));
    }

    [Test]
    public void Several_losses_are_independent_of_each_other()
    {
        var delays = Delays(("rain", tenPercent), ("storm", fivePercent));

        AssertBinomial(delays.Count(ms => ms > 20), Messages, 1 - (0.9 * 0.95));
    }

    [Test]
    public void What_another_fault_loses_shifts_no_chance_of_the_first()
    {
        var alone = Delays(("rain", tenPercent));
        var elsewhere = Delays(("rain", tenPercent), ("storm", tenPercent with { Scope = new LinksOf([C]) }));

        Assert.That(elsewhere, Is.EqualTo(alone));
    }

    [Test]
    public void Added_latencies_add_up_in_their_direction_and_strike_the_handshake_too()
    {
        var trial = new LinkTrial();
        trial.Network.Impair("far", Slower(30, new AllLinks()));
        trial.Network.Impair("one way", Slower(100, new FromTo([A], [B, C], OneWay: true)));
        var sent = trial.Now;
        trial.Sends(A, B, 1);
        trial.Sends(B, A, 2);
        trial.Sends(A, C, 3);
        trial.RunsFor(1);

        Assert.That(trial.MsUntil(B, 1, sent), Is.EqualTo(20 + 130));
        Assert.That(trial.MsUntil(A, 2, sent), Is.EqualTo(20 + 30));
        Assert.That(trial.MsUntil(C, 3, sent), Is.EqualTo(150 + 50 + 150), "there, back, and there with the message");
    }

    [Test]
    public void When_a_latency_ends_nothing_overtakes_what_is_still_under_way()
    {
        var trial = new LinkTrial();
        trial.Network.Impair("far", Slower(500, new AllLinks()));
        var sent = trial.Now;
        trial.Sends(A, B, 1);
        trial.Network.Mend("far");
        trial.Sends(A, B, 2);
        trial.RunsFor(1);
        trial.Sends(A, B, 3);
        trial.RunsFor(1);

        Assert.That(trial.Heard(B, A), Is.EqualTo(new[] { 1, 2, 3 }));
        Assert.That(trial.MsUntil(B, 2, sent), Is.EqualTo(520));
        Assert.That(trial.MsUntil(B, 3, sent), Is.EqualTo(1020));
    }

    [Test]
    public void The_same_fault_again_replaces_what_it_did_and_mending_takes_it_all_back()
    {
        var trial = new LinkTrial();
        trial.Network.Impair("far", Slower(500, new AllLinks()));
        trial.Network.Impair("far", Slower(10, new AllLinks()));
        var sent = trial.Now;
        trial.Sends(A, B, 1);
        trial.RunsFor(1);
        trial.Network.Mend("far");
        trial.Network.Mend("never struck");
        trial.Sends(A, B, 2);
        trial.RunsFor(1);

        Assert.That(trial.MsUntil(B, 1, sent), Is.EqualTo(30));
        Assert.That(trial.MsUntil(B, 2, sent), Is.EqualTo(1020));
    }

    /// <summary>TCP's promise, whatever jitter, loss, latency and bandwidth come and go.</summary>
    [Test]
    public void Whatever_makes_links_worse_a_link_that_stands_loses_nothing_repeats_nothing_and_keeps_order()
    {
        var steps = Gen.Choose(0, 9).ArrayOf(60);
        Prop.ForAll(steps.ToArbitrary(), Gen.Choose(1, 1000).ToArbitrary(), (happenings, randomSeed) =>
        {
            var trial = new LinkTrial(
                new UniformLatency(5, 80) { JitterFraction = 3 }, (ulong)randomSeed);
            var number = 0;
            foreach (var happening in happenings)
            {
                Strike(trial, happening);
                for (var message = 0; message < 5; message++) trial.Sends(A, B, ++number);
                trial.RunsFor(0.02 * happening);
            }

            foreach (var fault in new[] { "lossy", "far", "narrow", "cut" }) trial.Network.Mend(fault);
            trial.RunsFor(60);
            var heard = trial.Heard(B, A);
            Assert.That(heard, Is.Ordered.And.Unique);
            if (trial.LinksLost(A, B) == 0) Assert.That(heard, Has.Length.EqualTo(number));
        }).Check(Config.QuickThrowOnFailure.WithReplay(42UL, 1UL));
    }

    private static void Strike(LinkTrial trial, int happening)
    {
        var all = new Impairment(new AllLinks());
        switch (happening)
        {
            case 0: trial.Network.Impair("lossy", all with { LossProbability = 0.2 }); break;
            case 1: trial.Network.Impair("far", all with { AddedLatency = TimeSpan.FromMilliseconds(150) }); break;
            case 2: trial.Network.Impair("narrow", all with { BytesPerSecond = 5_000 }); break;
            case 3: trial.Network.Mend("lossy"); break;
            case 4: trial.Network.Mend("far"); break;
            case 5: trial.Network.Mend("narrow"); break;
            case 6: trial.Network.Impair("cut", CutLinks.OneWay(B, A)); break;
            case 7: trial.Network.Mend("cut"); break;
        }
    }

    /// <summary>What each of many messages took, each sent when the one before it is through for certain.</summary>
    private static double[] Delays(params (string Id, Impairment Impairment)[] faults)
    {
        var trial = new LinkTrial();
        foreach (var (id, impairment) in faults) trial.Network.Impair(id, impairment);
        var sent = new Instant[Messages];
        for (var message = 0; message < Messages; message++)
        {
            sent[message] = trial.Now;
            trial.Sends(A, B, message + 1);
            trial.RunsFor(7);
        }

        var heard = trial.Contract.At(B).Messages.Skip(1).ToArray();
        Assert.That(heard, Has.Length.EqualTo(Messages));
        return [.. heard.Zip(sent, (message, at) => (message.Now - at).TotalMilliseconds)];
    }

    private static Impairment Slower(double ms, LinkScope scope) =>
        new(scope) { AddedLatency = TimeSpan.FromMilliseconds(ms) };

    /// <summary>Within five standard deviations: a right count fails once in a million.</summary>
    private static void AssertBinomial(int count, int tries, double chance) => Assert.That(
        count, Is.EqualTo(tries * chance).Within(5 * Math.Sqrt(tries * chance * (1 - chance))));
}
