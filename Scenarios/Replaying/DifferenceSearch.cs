using GossipSim.Engine.Protocol;
using GossipSim.RealNet;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Replaying;

/// <summary>Finds the first input at which two runs that were equal went apart.</summary>
internal static class DifferenceSearch
{
    /// <summary>The runs differ since they were last equal.</summary>
    public static FirstDifference Between(AddressPlan plan, TwinRun one, TwinRun other)
    {
        var (ones, others) = (ByNode(one), ByNode(other));
        (long At, int Place, TwinRun.KeptInput? One, TwinRun.KeptInput? Other)? first = null;
        for (var node = 0; node < plan.Count; node++)
        {
            // Several threads fill what is kept in an order of their own: it may end earlier for one of the runs.
            if (one.Hashes[node] == other.Hashes[node]) continue;
            var (mine, its) = (ones[node].ToList(), others[node].ToList());
            var place = 0;
            while (place < mine.Count && place < its.Count && mine[place].Kept.Hash == its[place].Kept.Hash) place++;
            if ((place == mine.Count && IsCut(one)) || (place == its.Count && IsCut(other))) continue;
            if (place == mine.Count && place == its.Count) continue;
            (int Order, TwinRun.KeptInput Kept)? here = place < mine.Count ? mine[place] : null;
            (int Order, TwinRun.KeptInput Kept)? there = place < its.Count ? its[place] : null;
            var at = Math.Min(TimeOf(here?.Kept), TimeOf(there?.Kept));
            // At equal times what was handled first comes first.
            var order = Math.Min(here?.Order ?? int.MaxValue, there?.Order ?? int.MaxValue);
            if (first is null || (at, order).CompareTo((first.Value.At, first.Value.Place)) < 0)
                first = (at, order, here?.Kept, there?.Kept);
        }

        return first is { } found ? Told(plan, found.One, found.Other) : NotKept(plan, one, other);
    }

    /// <summary>Whether there were more inputs than are kept.</summary>
    private static bool IsCut(TwinRun twin) => twin.Handles > TwinRun.KeptInputs;

    private static ILookup<int, (int Order, TwinRun.KeptInput Kept)> ByNode(TwinRun twin) =>
        twin.Kept.Select((kept, order) => (order, kept)).ToLookup(pair => pair.kept.Node);

    private static long TimeOf(TwinRun.KeptInput? kept) => kept?.Input.Now.Microseconds ?? long.MaxValue;

    private static FirstDifference Told(AddressPlan plan, TwinRun.KeptInput? one, TwinRun.KeptInput? other)
    {
        var known = (one ?? other)!.Value;
        var (mine, its) = (LinesOf(one), LinesOf(other));
        var same = mine.Zip(its).TakeWhile(pair => pair.First == pair.Second).Count();
        return new FirstDifference(
            plan[known.Node].ToString(), Math.Round(known.Input.Now.TotalSeconds, 6), known.Number,
            Line(mine, same), Line(its, same));
    }

    /// <summary>The input first, then each deed: the first line that differs tells the difference.</summary>
    private static List<string> LinesOf(TwinRun.KeptInput? kept)
    {
        if (kept is not { } input) return [];
        var heard = InputWords.Of(input.Input);
        return
        [
            $"at {input.Input.Now}: {heard} {Output.ContentText(input.Input.Message)}",
            .. input.Outputs.Select(output => $"{heard}: {output.Describe()}"),
        ];
    }

    private static string Line(List<string> lines, int place) =>
        place < lines.Count ? lines[place] : lines.Count == 0 ? "no such input" : $"{lines[0]}: nothing more";

    /// <summary>More inputs in one slice than are kept, all of which are equal.</summary>
    private static FirstDifference NotKept(AddressPlan plan, TwinRun one, TwinRun other)
    {
        var node = one.Hashes.CommonPrefixLength(other.Hashes);
        var words = $"later than the {TwinRun.KeptInputs} inputs that are kept";
        return new FirstDifference(plan[node].ToString(), AtSeconds: null, InputNumber: null, words, words);
    }
}
