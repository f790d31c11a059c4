using System.Text.Json;
using GossipSim.Analysis;
using NUnit.Framework;

namespace GossipSim.Tests.Analysis.PowerLaws;

/// <summary>
/// Public data sets get the fit and the p-value that were published for them, and the verdict that follows from these:
/// also where the fitted tail holds a twentieth of the values.
/// </summary>
public sealed class PublishedDataTests
{
    private static IEnumerable<TestCaseData> Cases() => OpenCase.Published()
        .Select(each => new TestCaseData(each).SetArgDisplayNames(each.GetProperty("name").GetString()!));

    [TestCaseSource(nameof(Cases))]
    public void Fit_p_value_and_verdict_are_the_published_ones(JsonElement published)
    {
        var options = new PowerLawOptions { Replicates = 400, Resamples = 0, PowerDataSets = 0, RandomSeed = 7 };

        PowerLawAnalysis analysis = PowerLaw.Analyze(OpenCase.ValuesOf(published), options);

        double p = published.Number("p");
        double variance = p * (1 - p) * (1.0 / options.Replicates + 1 / published.Number("replicates"));
        Assert.That(analysis.Xmin, Is.EqualTo(published.GetProperty("xmin").GetInt64()));
        Assert.That(analysis.Ntail, Is.EqualTo(published.GetProperty("ntail").GetInt32()));
        Assert.That(analysis.Alpha, Is.EqualTo(published.Number("alpha")).Within(1e-9));
        Assert.That(analysis.PValue, Is.EqualTo(p).Within(4 * Math.Sqrt(variance)));
        string verdict = JsonSerializer.SerializeToElement(analysis.Verdict).GetString()!;
        Assert.That(verdict, Is.EqualTo(published.GetProperty("verdict").GetString()), analysis.Reason);
    }

    [Test]
    public void A_supported_verdict_names_the_part_of_the_values_that_it_is_about()
    {
        JsonElement keywords = OpenCase.Published()[1];

        PowerLawAnalysis analysis =
            PowerLaw.Analyze(OpenCase.ValuesOf(keywords), new PowerLawOptions { Replicates = 0 });

        Assert.That(analysis.Reason, Does.Contain("the largest 5.4 %: degrees from 47 on"));
        Assert.That(analysis.Reason, Does.Contain("nothing about the other 94.6 %"));
    }
}
