using System.Text.Json;
using GossipSim.Analysis;
using NUnit.Framework;

namespace GossipSim.Tests.Analysis.PowerLaws;

/// <summary>
/// Lists of many shapes (no tail, gaps, zeros, steep tails, ties, 50 values) against maximum-likelihood fits that were
/// made with 30 digits (mpmath), each from several starts, in other coordinates.
/// </summary>
public sealed class RivalCasesTests
{
    private static IEnumerable<TestCaseData> Cases() => OpenCase.Rivals()
        .Select(each => new TestCaseData(each).SetArgDisplayNames(each.GetProperty("name").GetString()!));

    [TestCaseSource(nameof(Cases))]
    public void Fit_and_likelihood_ratios_agree_to_nine_digits(JsonElement expected)
    {
        PowerLawAnalysis analysis =
            PowerLaw.Analyze(OpenCase.ValuesOf(expected), new PowerLawOptions { Replicates = 0 });

        Assert.That(analysis.Xmin, Is.EqualTo(expected.GetProperty("xmin").GetInt64()));
        Assert.That(analysis.Ntail, Is.EqualTo(expected.GetProperty("ntail").GetInt32()));
        Assert.That(analysis.Alpha, Is.EqualTo(expected.Number("alpha")).Within(1e-9));
        Assert.Multiple(() =>
        {
            foreach (JsonProperty rival in expected.GetProperty("rivals").EnumerateObject())
                AssertAgrees(rival.Name, OpenCase.Of(analysis.Comparisons!, rival.Name), rival.Value);
        });
    }

    private static void AssertAgrees(string name, RivalComparison actual, JsonElement expected)
    {
        bool degenerate = expected.TryGetProperty("degenerate", out _);
        Assert.That(actual.Degenerate, Is.EqualTo(degenerate), name);
        if (degenerate) return;

        AssertClose(name, actual.LogLikelihoodRatio, expected.Number("ratio"));
        AssertClose(name, actual.NormalizedRatio!.Value, expected.Number("normalized"));
        AssertClose(name, actual.PValue!.Value, expected.Number("p"));
    }

    private static void AssertClose(string name, double actual, double expected) =>
        Assert.That(actual, Is.EqualTo(expected).Within(1e-9 * Math.Max(1, Math.Abs(expected))), name);
}
