using System.Text.Json;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.Viewing;

/// <summary>The fork that is being made, one at a time: pages ask how far it is.</summary>
internal sealed class ForkJob(ViewedRuns runs, ScenarioLibrary library, CancellationToken cancel)
{
    private readonly Lock gate = new();
    private Task running = Task.CompletedTask;
    private double share;
    private string? reason;
    private ForkOutcome? outcome;

    /// <exception cref="UsageException">Another one is not done yet.</exception>
    public void Start(ViewedRun run, ForkRequest request)
    {
        lock (gate)
        {
            if (!running.IsCompleted) throw new UsageException("another fork is being made; wait for it");
            (share, reason, outcome) = (0, null, null);
            running = Task.Factory.StartNew(
                () => Make(run, request), CancellationToken.None, TaskCreationOptions.LongRunning,
                TaskScheduler.Default);
        }
    }

    public void Write(Utf8JsonWriter json)
    {
        lock (gate)
        {
            json.WriteStartObject();
            json.WriteString("state"u8, !running.IsCompleted ? "running" : reason is not null ? "refused"
                : outcome is not null ? "done" : "idle");
            json.WriteNumber("share"u8, Math.Round(share, 3));
            json.WriteString("reason"u8, reason);
            if (outcome is not null)
            {
                json.WritePropertyName("outcome"u8);
                json.WriteRawValue(outcome.ToJson());
            }

            json.WriteEndObject();
        }
    }

    public Task WaitAsync() => running;

    private void Make(ViewedRun run, ForkRequest request)
    {
        try
        {
            var made = new ForkRun(run.Folder, run.Log, library).Run(request, Reach, cancel);
            runs.Allow(Path.Combine(Path.GetDirectoryName(run.Folder)!, made.Run));
            lock (gate) outcome = made;
        }
        catch (Exception refused) when (refused is UsageException or ScenarioException or EnvironmentException)
        {
            lock (gate) reason = refused.Message;
        }
        catch (OperationCanceledException)
        {
            lock (gate) reason = "the program ends";
        }
        catch (Exception bug)
        {
            lock (gate) reason = $"internal error, a bug of the program: {bug.GetType().Name}: {bug.Message}";
        }
    }

    private void Reach(double reached)
    {
        lock (gate) share = reached;
    }
}
