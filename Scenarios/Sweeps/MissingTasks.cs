using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Sweeps;

/// <summary>Names the tasks that have no result.</summary>
internal static class MissingTasks
{
    private const int MostNamed = 10;

    public static void Tell(SweepPlan plan, IReadOnlyList<int> missing, TextWriter messages)
    {
        foreach (var task in missing.Take(MostNamed)) messages.WriteLine($"  {plan.InWords(plan.Task(task))}");
        if (missing.Count > MostNamed)
            messages.WriteLine($"  and {Numbers.Count(missing.Count - MostNamed)} more: {Ranges(missing)}");
    }

    /// <summary>Such as 1, 4-7, 9.</summary>
    public static string Ranges(IReadOnlyList<int> numbers)
    {
        var ranges = new List<string>();
        for (var first = 0; first < numbers.Count;)
        {
            var last = first;
            while (last + 1 < numbers.Count && numbers[last + 1] == numbers[last] + 1) last++;
            ranges.Add(first == last ? $"{numbers[first]}" : $"{numbers[first]}-{numbers[last]}");
            first = last + 1;
        }

        return string.Join(",", ranges);
    }
}
