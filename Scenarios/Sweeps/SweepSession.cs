using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Progress;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Sweeps;

/// <summary>
/// <c>sweep</c>: does what is missing of a sweep, or of one shard of it. What is done stays done, however the process
/// ends: the same command goes on.
/// </summary>
internal static class SweepSession
{
    public static async Task<ExitCode> RunAsync(SweepRequest request, Terminal terminal, CancellationToken cancel)
    {
        var messages = terminal.MessagesOf(request.Json);
        using var interruption = Interruption.Announce(messages, cancel);
        var (plan, directory) = (request.Plan, request.Directory);
        RequireThisProgram(plan, directory);
        PlanFile.WriteOrMatch(directory, plan);
        var before = ResultFolder.Read(plan, directory);
        var tasks = SweepRun.InOrder(plan, before.Missing.Where(request.Shard.Has));
        Tell(request, before, tasks.Count, messages);
        var run = new SweepRun(plan, directory, request.SideBySide ?? SideBySide.Of(plan), messages);
        await run.RunAsync(tasks, cancel);

        var after = ResultFolder.Read(plan, directory);
        var missing = after.Missing.Where(request.Shard.Has).ToList();
        if (cancel.IsCancellationRequested && missing.Count > 0)
        {
            messages.WriteLine(
                $"Stopped: {Numbers.Plural(missing.Count, "run")} to do; the same command goes on. Results: "
                + directory);
            return ExitCode.Cancelled;
        }

        if (missing.Count > 0)
        {
            messages.WriteLine($"{Numbers.Plural(missing.Count, "task")} broke, a bug of this program.");
            return ExitCode.Internal;
        }

        if (request.Shard.IsWhole)
            return SweepConclusion.Write(plan, after, directory, terminal, request.Json, request.Strict);
        messages.WriteLine(
            $"Shard {request.Shard} is done. When all are: {ShellWords.OfProgram("sweep", "merge", directory)}");
        return ExitCode.Held;
    }

    private static void Tell(SweepRequest request, ResultFolder before, int tasks, TextWriter messages)
    {
        var plan = request.Plan;
        var shard = request.Shard.IsWhole ? "" : $", shard {request.Shard}";
        messages.WriteLine(
            $"Sweep {plan.Name}: {Numbers.Plural(plan.Cells.Count, "cell")} x {Numbers.Plural(plan.Repeats, "repeat")}"
            + $"{shard}; {Numbers.Plural(tasks, "run")} to do");
        if (before.TornLines > 0)
            messages.WriteLine($"{Numbers.Plural(before.TornLines, "torn line")} of a stopped process: done again");
    }

    /// <summary>A plan in a folder says which program made it.</summary>
    private static void RequireThisProgram(SweepPlan plan, string directory)
    {
        var here = new SweepProgram(SourceCommit.Version, SourceCommit.Find(AppContext.BaseDirectory));
        if (plan.Program == here) return;
        throw new UsageException(
            $"{directory} is a sweep by version {plan.Program.Version}, commit {plan.Program.Commit ?? "unknown"}; "
            + $"this is {here.Version}, {here.Commit ?? "unknown"}. Results of two programs do not go together: choose "
            + "another --output, or go on with that program");
    }
}
