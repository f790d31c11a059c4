using GossipSim.Analysis;
using NUnit.Framework;

namespace GossipSim.Tests.Analysis.PowerLaws;

public sealed class VerdictRulesTests
{
    private static readonly RivalComparison Won = Rival(ratio: 40, p: 0.001);
    private static readonly RivalComparison Lost = Rival(ratio: -40, p: 0.001);
    private static readonly RivalComparison Undecided = Rival(ratio: -1, p: 0.4);

    [Test]
    public void Nothing_against_it_is_support() =>
        Assert.That(Decide(Good()), Is.EqualTo(PowerLawVerdict.Supported));

    [Test]
    public void Too_few_values_come_before_every_reason_to_reject()
    {
        PowerLawAnalysis analysis = Good() with { N = 499, Ntail = 60, PValue = 0.001, Comparisons = All(Lost) };

        Assert.That(Decide(analysis), Is.EqualTo(PowerLawVerdict.Inconclusive));
        Assert.That(Decide(analysis with { N = 500 }), Is.EqualTo(PowerLawVerdict.Rejected));
    }

    [Test]
    public void A_tail_of_fewer_than_fifty_values_is_inconclusive()
    {
        Assert.That(Decide(Good() with { Ntail = 49 }), Is.EqualTo(PowerLawVerdict.Inconclusive));
        Assert.That(Decide(Good() with { Ntail = 50 }), Is.EqualTo(PowerLawVerdict.Supported));
    }

    [Test]
    public void A_tail_like_an_exponential_is_inconclusive_even_with_a_small_p()
    {
        PowerLawAnalysis analysis = Good() with
        {
            PValue = 0.01,
            Comparisons = All(Won) with { Exponential = Undecided },
        };

        Assert.That(Decide(analysis), Is.EqualTo(PowerLawVerdict.Inconclusive));
        Assert.That(VerdictRules.Decide(analysis).Reason, Does.Contain("not told apart from an exponential"));
    }

    [TestCase(0.0999, PowerLawVerdict.Rejected)]
    [TestCase(0.1, PowerLawVerdict.Supported)]
    public void A_p_value_below_a_tenth_rejects(double p, PowerLawVerdict verdict) =>
        Assert.That(Decide(Good() with { PValue = p }), Is.EqualTo(verdict));

    [Test]
    public void A_significantly_better_rival_rejects_and_is_named()
    {
        PowerLawAnalysis better = Good() with { Comparisons = All(Won) with { LogNormal = Lost } };
        PowerLawAnalysis undecided = Good() with { Comparisons = All(Won) with { LogNormal = Undecided } };
        PowerLawAnalysis degenerate =
            Good() with { Comparisons = All(Won) with { LogNormal = Lost with { Degenerate = true } } };

        Assert.That(Decide(better), Is.EqualTo(PowerLawVerdict.Rejected));
        Assert.That(VerdictRules.Decide(better).Reason, Does.Contain("log-normal"));
        Assert.That(Decide(undecided), Is.EqualTo(PowerLawVerdict.Supported));
        Assert.That(Decide(degenerate), Is.EqualTo(PowerLawVerdict.Supported));
    }

    [Test]
    public void A_small_share_in_the_tail_is_said_and_rejects_nothing()
    {
        PowerLawAnalysis analysis = Good() with { N = 10_000, Ntail = 270, Xmin = 14 };

        (PowerLawVerdict verdict, string reason) = VerdictRules.Decide(analysis);

        Assert.That(verdict, Is.EqualTo(PowerLawVerdict.Supported));
        Assert.That(reason, Does.StartWith("Consistent with a power law in the tail"));
        Assert.That(reason, Does.Contain("the largest 2.7 %: degrees from 14 on"));
        Assert.That(reason, Does.Contain("It says nothing about the other 97.3 %."));
    }

    [Test]
    public void A_tail_of_all_values_leaves_nothing_out()
    {
        string reason = VerdictRules.Decide(Good() with { Ntail = 2000, Xmin = 1 }).Reason;

        Assert.That(reason, Does.Contain("all of them (degrees from 1 on)").And.Not.Contain("says nothing"));
    }

    [Test]
    public void An_alternative_that_could_not_be_fitted_is_named_and_decides_nothing()
    {
        RivalComparison notFitted = Lost with { Degenerate = true, ReachedStepLimit = true };

        var (verdict, reason) = VerdictRules.Decide(
            Good() with { Comparisons = All(Won) with { StretchedExponential = notFitted } });

        Assert.That(verdict, Is.EqualTo(PowerLawVerdict.Supported));
        Assert.That(reason, Does.Contain("The stretched exponential is not compared").And.Contain("step limit"));
    }

    private static PowerLawVerdict Decide(PowerLawAnalysis analysis) => VerdictRules.Decide(analysis).Verdict;

    private static PowerLawAnalysis Good() => new()
    {
        N = 2000,
        ZerosExcluded = 0,
        Alpha = 2.7,
        Xmin = 5,
        Ntail = 1300,
        Ks = 0.01,
        PValue = 0.4,
        Replicates = 1000,
        Comparisons = All(Won),
        Verdict = PowerLawVerdict.CannotBeFitted,
        Reason = "",
        Seconds = 0,
    };

    private static RivalComparisons All(RivalComparison rival) => new()
    {
        Exponential = rival,
        Poisson = rival,
        LogNormal = rival,
        StretchedExponential = rival,
        TruncatedPowerLaw = rival,
    };

    private static RivalComparison Rival(double ratio, double p) =>
        new() { LogLikelihoodRatio = ratio, NormalizedRatio = Math.Sign(ratio), PValue = p, Degenerate = false };
}
