using System.Collections.Concurrent;
using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Results;
using Spectre.Console;

namespace GossipSim.Scenarios.Progress;

/// <summary>
/// Progress for people at a terminal: two bars that a thread of its own redraws, with faults and detections as lines
/// above them. Whoever reports events only counts.
/// </summary>
internal sealed class LiveProgress : IRunProgress
{
    private static readonly TimeSpan Redraw = TimeSpan.FromMilliseconds(150);

    private readonly ProgressTally tally;
    private readonly ConcurrentQueue<string> notes = new();
    private readonly ManualResetEventSlim over = new();
    private readonly Thread painter;
    private readonly CancellationTokenRegistration interruption;

    public LiveProgress(IAnsiConsole console, RunFacts facts, CancellationToken cancel)
    {
        tally = new ProgressTally(facts, TimeProvider.System);
        console.Markup($"[bold]{Markup.Escape(VisibleText.Of(facts.Scenario))}[/]");
        console.WriteLine($"  {facts.CastInWords}, {facts.NetworkInWords}, random seed {facts.RandomSeed}");
        painter = new Thread(() => Paint(console)) { IsBackground = true, Name = "progress" };
        painter.Start();
        interruption = cancel.Register(() => notes.Enqueue(Interruption.InWords));
    }

    public void Observe(RunRecord record, NodeAddress node, Instant now, in ProtocolEvent protocolEvent)
    {
        if (tally.Count(record, node, now, protocolEvent) is { } note) notes.Enqueue(note);
    }

    public void Reached(Instant now, long inputs) => tally.Reach(now, inputs);

    public void ScenarioStarted(RunRecord record, Instant now) => tally.Start(now);

    public void Ended(RunRecord record, Instant now) => tally.End(now);

    public void Dispose()
    {
        interruption.Dispose();
        over.Set();
        painter.Join();
        over.Dispose();
    }

    private void Paint(IAnsiConsole console) => console.Progress()
        .AutoRefresh(false)
        .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn { Width = 16 })
        .Start(context =>
        {
            var formation = context.AddTask("Forming", maxValue: Math.Max(1, tally.PeersWanted));
            ProgressTask? scenario = null, quiet = null;
            while (!over.Wait(Redraw)) Draw(console, context, formation, ref scenario, ref quiet);
            Draw(console, context, formation, ref scenario, ref quiet);
        });

    private void Draw(
        IAnsiConsole console, ProgressContext context, ProgressTask formation, ref ProgressTask? scenario,
        ref ProgressTask? quiet)
    {
        while (notes.TryDequeue(out var note)) console.MarkupLineInterpolated($"[yellow]{VisibleText.Of(note)}[/]");
        formation.Value = tally.HasStarted ? formation.MaxValue : Math.Min(tally.Linked, formation.MaxValue);
        formation.Description = $"Forming {tally.FormingInWords()}{(tally.HasStarted ? "" : tally.PaceInWords())}";
        if (tally.HasStarted)
        {
            scenario ??= context.AddTask("Running", maxValue: Math.Max(0.001, tally.ScenarioSeconds));
            scenario.Value = tally.HasEnded ? scenario.MaxValue : Math.Min(tally.Seconds, scenario.MaxValue);
            scenario.Description = Markup.Escape(tally.Briefly());
        }

        if (tally.IsWaitingForQuiet)
        {
            quiet ??= context.AddTask("Waiting").IsIndeterminate();
            quiet.Description = Markup.Escape(tally.WaitingInWords());
        }

        context.Refresh();
    }
}
