using System.Globalization;
using GossipSim.Analysis;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.CommandLine;

/// <summary>A power-law analysis for people: the fit, the rivals beside it, and the verdict in words.</summary>
internal static class DegreeTables
{
    public static void Draw(PowerLawAnalysis analysis, Terminal terminal)
    {
        var console = terminal.Rich(terminal.Output);
        FittingTable figures = FittingTable.OfFigures();
        figures.AddRow("values", Say($"{analysis.N} ({analysis.ZerosExcluded} zeros left out)"));
        if (analysis.Alpha is not null)
            AddFit(figures, analysis);
        figures.AddRow("verdict", ScenarioJson.WordOf(analysis.Verdict));
        figures.Write(console);
        if (analysis.Comparisons is { } rivals)
            Rivals(rivals).Write(console);
        terminal.WriteProse(terminal.Output, analysis.Reason);
    }

    private static void AddFit(FittingTable figures, PowerLawAnalysis analysis)
    {
        string p = analysis.PValue is { } share
            ? Say($"{share:0.###} ± {analysis.PValueStandardError:0.###}, ")
                + Numbers.Plural(analysis.Replicates, "replicate")
            : "not asked for";
        figures.AddRow("alpha", Say($"{analysis.Alpha:0.####} ± {analysis.AlphaStandardError:0.####} at this xmin"));
        figures.AddRow("xmin", Say($"{analysis.Xmin}, {analysis.Ntail} values from there on"));
        if (analysis.Uncertainty is { } sample)
            figures.AddRow(
                "resampled",
                Say($"alpha ± {sample.Alpha:0.####}, xmin ± {sample.Xmin:0.##}, tail ± {sample.Ntail:0.#} values, ")
                + Numbers.Plural(sample.Resamples, "resample"));
        figures.AddRow("KS distance", Say($"{analysis.Ks:0.#####}"));
        figures.AddRow("log-likelihood", Say($"{analysis.LogLikelihood:0.###}"));
        figures.AddRow("p-value", p);
        if (analysis.Power is not { } power)
            return;
        AddPower(figures, power.AgainstBestRival);
        if (power.AgainstBestRival.Rival != power.AgainstExponential.Rival)
            AddPower(figures, power.AgainstExponential);
    }

    private static void AddPower(FittingTable figures, TestPower power) => figures.AddRow(
        "power",
        Say($"{power.NoticedShare:0.##} ± {power.StandardError:0.##} against {ScenarioJson.WordOf(power.Rival)}, ")
        + Say($"by p alone {power.RejectedShare:0.##}, ") + Numbers.Plural(power.DataSets, "data set"));

    private static FittingTable Rivals(RivalComparisons rivals)
    {
        var table = new FittingTable("rival", "log-likelihood ratio", "in deviations", "p", "fits better");
        Add("exponential", rivals.Exponential);
        Add("Poisson", rivals.Poisson);
        Add("log-normal", rivals.LogNormal);
        Add("stretched exponential", rivals.StretchedExponential);
        Add("power law with cutoff", rivals.TruncatedPowerLaw);
        return table;

        void Add(string name, RivalComparison rival) => table.AddRow(
            name, Say($"{rival.LogLikelihoodRatio:0.###}"), Say($"{rival.NormalizedRatio:0.###}"),
            Say($"{rival.PValue:0.####}"), Better(rival));
    }

    private static string Better(RivalComparison rival)
    {
        if (rival.ReachedStepLimit)
            return "not compared: its fit reached the step limit";
        if (rival.Degenerate)
            return "degenerate: it turns into the power law";
        if (!rival.IsDecided)
            return "undecided";
        return rival.LogLikelihoodRatio > 0 ? "the power law" : "the rival";
    }

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
