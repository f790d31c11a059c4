using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using GossipSim.Scenarios.Nodes;
using GossipSim.Tests;
using NUnit.Framework;

namespace GossipSim.EndToEnd;

/// <summary>The built program with a page, as a process of its own, in a folder of its own.</summary>
internal sealed partial class RunningProgram : IAsyncDisposable
{
    private const int Interrupt = 2;

    private readonly Process process;
    private readonly StringBuilder output = new();
    private readonly Lock gate = new();

    private RunningProgram(IEnumerable<string> arguments, string folder)
    {
        Folder = folder;
        var start = new ProcessStartInfo(ProgramLaunch.FileName, ProgramLaunch.Arguments([.. arguments]))
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.Environment["NO_COLOR"] = "1";
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Folder { get; }

    /// <summary>Of its page.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1/");

    public string Output
    {
        get
        {
            lock (gate) return output.ToString();
        }
    }

    /// <summary>Starts a command, and waits until it says where its page is.</summary>
    public static async Task<RunningProgram> StartAsync(params string[] arguments)
    {
        var folder = Directory.CreateTempSubdirectory("gossipsim-page-").FullName;
        var program = new RunningProgram(arguments, folder);
        await program.UntilSaidAsync("Page: ");
        program.Address = new Uri(PageLine().Match(program.Output).Groups[1].Value);
        return program;
    }

    public Task UntilSaidAsync(string words) => Patience.UntilAsync(
        () => Output.Contains(words, StringComparison.Ordinal) || process.HasExited, $"it says \"{words}\"",
        () => Output);

    /// <summary>Ctrl-C, and how it ends.</summary>
    public async Task<int> InterruptAsync()
    {
        using (var kill = Process.Start("kill", [$"-{Interrupt}", $"{process.Id}"])) await kill.WaitForExitAsync();
        await Patience.UntilEndedAsync(process.WaitForExitAsync(), "it has ended", () => Output);
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited) await InterruptAsync();
        process.Dispose();
        TestContext.Out.WriteLine(Output);
        Directory.Delete(Folder, recursive: true);
    }

    private void Hear(string? line)
    {
        lock (gate) output.AppendLine(line);
    }

    [GeneratedRegex(@"^Page: (\S+)\s*$", RegexOptions.Multiline)]
    private static partial Regex PageLine();
}
