using System.CommandLine;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Sweeps;

namespace GossipSim.Scenarios.CommandLine;

/// <summary>
/// <c>sweep manifest</c>: the shards of a sweep as an indexed Job of Kubernetes. It is written, not sent.
/// </summary>
internal static class ManifestCommand
{
    public const string Name = "manifest";

    /// <summary>Kubernetes allows more; one shard a task is enough for all.</summary>
    private const int MostTasks = 10_000;

    public static Command Create(Terminal terminal, ScenarioLibrary library)
    {
        var tasks = new Option<int>("--tasks")
        {
            Description = "Indexes of the Job, a shard each.", HelpName = "N", DefaultValueFactory = _ => 8,
        };
        var image = new Option<string>("--image")
        {
            Description = "A container image with gossipsim and a shell.", HelpName = "IMAGE", Required = true,
        };
        var claim = new Option<string>("--claim")
        {
            Description = "A persistent volume claim (ReadWriteMany) on which the sweep's folder is.",
            HelpName = "NAME",
            Required = true,
        };
        var folder = new Option<string>("--folder")
        {
            Description = "The sweep's folder on that volume. Default: the volume itself.",
            HelpName = "PATH",
            DefaultValueFactory = _ => "",
        };
        var parallel = new Option<int?>("--parallel")
        {
            Description = "Pods at the same time. Default: all.", HelpName = "N",
        };
        var command = new Command(
            Name, "Print a Kubernetes Job (kubectl apply -f -). Its schema is checked; it was never run on a cluster.");
        SweepOptions options = new SweepOptions().AddTo(command);
        Option[] all = [tasks, image, claim, folder, parallel];
        foreach (Option option in all)
            command.Add(option);
        command.SetAction(parsed =>
        {
            (SweepPlan plan, string directory) = options.Load(parsed, library);
            int shards = SweepCommand.InRange(
                tasks.Name, parsed.GetValue(tasks), Math.Min(plan.TaskCount, MostTasks));
            var manifest = new KubernetesManifest(
                parsed.GetValue(image)!, KubernetesManifest.ClaimName(claim.Name, parsed.GetValue(claim)!),
                parsed.GetValue(folder)!.Trim('/'), shards,
                SweepCommand.InRange(parallel.Name, parsed.GetValue(parallel) ?? shards, MostTasks));
            PlanFile.WriteOrMatch(directory, plan);
            terminal.Output.Write(manifest.Write(plan));
        });
        return command;
    }
}
