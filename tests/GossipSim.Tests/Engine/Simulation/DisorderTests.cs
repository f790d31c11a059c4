using GossipSim.Engine.Protocol;
using GossipSim.Engine.Simulation;
using NUnit.Framework;
using static GossipSim.Tests.Engine.LinkTrial;

namespace GossipSim.Tests.Engine;

/// <summary>Damaged, repeated and overtaken messages: TCP's promise is broken only while asked for.</summary>
[TestFixture]
internal sealed class DisorderTests
{
    private const int Messages = 4000;

    [Test]
    public void A_damaged_message_reaches_no_node_and_both_ends_hear_that_the_link_is_down()
    {
        var trial = new LinkTrial();
        trial.Network.Impair("noise", new Impairment(new AllLinks()) { CorruptProbability = 1 });
        var sent = trial.Now;
        trial.Sends(A, B, 1);
        trial.RunsFor(5);

        Assert.That(trial.Heard(B, A), Is.Empty);
        Assert.That(DownAt(B, A), Is.EqualTo(20), "when it arrives");
        Assert.That(DownAt(A, B), Is.EqualTo(40), "a way later");
        var report = trial.Reports(EventKind.InputRefused).Single();
        Assert.That((report.Node, report.Event.About), Is.EqualTo((B, A)));
        Assert.That((string)report.Event.Detail!, Is.Not.Empty);

        double DownAt(NodeAddress at, NodeAddress neighbor) =>
            (trial.Contract.At(at).Log.Single(heard => heard.Kind == "linkDown" && heard.From == neighbor).Now - sent)
            .TotalMilliseconds;
    }

    [Test]
    public void After_a_damaged_message_the_next_one_dials_anew()
    {
        var trial = new LinkTrial();
        trial.Network.Impair("noise", new Impairment(new LinksOf([B])) { CorruptProbability = 1 });
        trial.Sends(A, B, 1);
        trial.Sends(A, C, 2);
        trial.RunsFor(1);
        trial.Network.Mend("noise");
        trial.Sends(A, B, 3);
        trial.RunsFor(1);

        Assert.That(trial.Heard(B, A), Is.EqualTo(new[] { 3 }));
        Assert.That(trial.Heard(C, A), Is.EqualTo(new[] { 2 }), "other links are well");
        Assert.That((trial.LinksLost(A, B), trial.LinksLost(B, A)), Is.EqualTo((1, 1)));
    }

    [Test]
    public void As_many_messages_arrive_twice_as_the_chance_says_and_never_a_third_time()
    {
        var trial = Sent(new Impairment(new AllLinks()) { DuplicateProbability = 0.3 });

        var times = trial.Heard(B, A).CountBy(number => number).Select(count => count.Value).ToArray();
        Assert.That(times, Has.Length.EqualTo(Messages));
        Assert.That(times.Max(), Is.EqualTo(2));
        AssertBinomial(times.Count(count => count == 2), 0.3);
    }

    [Test]
    public void A_copy_comes_a_latency_later()
    {
        var trial = new LinkTrial();
        trial.Network.Impair("echo", new Impairment(new AllLinks()) { DuplicateProbability = 1 });
        var sent = trial.Now;
        trial.Sends(A, B, 1);
        trial.RunsFor(1);

        var arrivals = trial.Contract.At(B).Messages.Skip(1).Select(heard => (heard.Now - sent).TotalMilliseconds);
        Assert.That(arrivals, Is.EqualTo(new double[] { 20, 40 }));
    }

    [Test]
    public void As_many_messages_are_overtaken_as_the_chance_says_and_all_arrive_once()
    {
        var trial = Sent(new Impairment(new AllLinks()) { ReorderProbability = 0.3 });

        var heard = trial.Heard(B, A);
        Assert.That(heard, Is.Unique.And.Length.EqualTo(Messages));
        var late = heard.Where((number, place) => place > 0 && heard[place - 1] > number).Count();
        Assert.That(late, Is.Positive);
        AssertBinomial(Enumerable.Range(1, Messages).Count(number => Took(trial, number) > 20), 0.3);
    }

    [Test]
    public void Without_them_and_after_them_everything_arrives_once_and_in_order()
    {
        var trial = Sent(new Impairment(new AllLinks()) { DuplicateProbability = 0.5, ReorderProbability = 0.5 });
        trial.Network.Mend("disorder");
        trial.RunsFor(1);
        var before = trial.Heard(B, A).Length;
        for (var message = 0; message < 500; message++)
        {
            trial.Sends(A, B, Messages + 1 + message);
            trial.RunsFor(0.001);
        }

        trial.RunsFor(1);
        Assert.That(trial.Heard(B, A).Skip(before), Is.EqualTo(Enumerable.Range(Messages + 1, 500)));
    }

    [TestCase("close")]
    [TestCase("crash")]
    public void The_end_of_a_link_comes_behind_copies_and_overtaken_messages(string end)
    {
        var trial = new LinkTrial();
        trial.Network.Impair(
            "disorder", new Impairment(new AllLinks()) { DuplicateProbability = 1, ReorderProbability = 1 });
        trial.Sends(A, B, 1, 2);
        if (end == "crash") trial.Network.Crash(A, "test");
        else trial.Contract.Do(A, (in context) => context.Close(B));
        trial.RunsFor(2);

        Assert.That(trial.Heard(B, A), Is.EquivalentTo(new[] { 1, 1, 2, 2 }));
        Assert.That(trial.Contract.At(B).Log[^1].Kind, Is.EqualTo("linkDown"));
        Assert.That(trial.LinksLost(B, A), Is.EqualTo(1));
    }

    /// <summary>Each message a millisecond after the one before it; its number is its place.</summary>
    private static LinkTrial Sent(Impairment impairment)
    {
        var trial = new LinkTrial();
        trial.Network.Impair("disorder", impairment);
        for (var message = 1; message <= Messages; message++)
        {
            trial.Sends(A, B, message);
            trial.RunsFor(0.001);
        }

        trial.RunsFor(1);
        return trial;
    }

    /// <summary>In milliseconds; the first message left 1 s after the start.</summary>
    private static double Took(LinkTrial trial, int number)
    {
        var sent = Instant.FromSeconds(1 + (0.001 * (number - 1)));
        return trial.MsUntil(B, number, sent);
    }

    private static void AssertBinomial(int count, double chance) => Assert.That(
        count, Is.EqualTo(Messages * chance).Within(5 * Math.Sqrt(Messages * chance * (1 - chance))));
}
