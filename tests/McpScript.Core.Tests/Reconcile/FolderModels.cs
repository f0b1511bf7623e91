using CsCheck;
using McpScript.Model;

namespace McpScript.Core.Tests.Reconcile;

/// <summary>Generates folder models: four plugins, each found or not, loaded or not, failed or not, in one of two folders.</summary>
static class FolderModels
{
    static readonly string[] s_names = ["a", "b", "c", "d"];
    static readonly string?[] s_folders = [null, FolderModel.One, FolderModel.Two];

    static readonly Gen<string[]> s_some = Gen.Shuffle(s_names, 0, s_names.Length);
    static readonly Gen<string?> s_folder = Gen.OneOf(s_folders);
    static readonly Gen<int> s_time = Gen.Int[0, 3];

    static readonly Gen<PluginStage?> s_stage =
        Gen.OneOf<PluginStage?>(null, null, PluginStage.Resolve, PluginStage.Compile, PluginStage.Publish, PluginStage.Publish);

    static readonly Gen<Func<FolderModel, string, FolderModel>> s_failure = Gen.Select(s_stage, s_time, s_folder, s_some,
        (stage, at, folder, blockers) => new Func<FolderModel, string, FolderModel>((model, name) => stage switch
        {
            null => model,
            PluginStage.Resolve => model.WithUnresolved(name),
            PluginStage.Publish => model.WithFailed(name, PluginStage.Publish, at, folder, blockedBy: [.. blockers.Where(blocker => blocker != name)]),
            _ => model.WithFailed(name, stage.Value, at, folder),
        }));

    static readonly Gen<Func<FolderModel, string, FolderModel>> s_plugin = Gen.Select(s_folder, s_folder, s_time, s_failure,
        (found, loaded, at, failure) => new Func<FolderModel, string, FolderModel>((model, name) =>
        {
            model = found is null ? model : model.With(name, found);
            return failure(loaded is null ? model : model.WithLoaded(name, loaded, at), name);
        }));

    static readonly string[] s_paths = [.. s_names.SelectMany(_ => new[] { FolderModel.One, FolderModel.Two }, FolderModel.PathOf)];

    static readonly Gen<Func<FolderModel, FolderModel>> s_disk = Gen.Int[0, 2].Array[s_paths.Length].Select(versions => new Func<FolderModel, FolderModel>(
        model => versions.Index().Aggregate(model, (changed, version) => changed.Saved(s_paths[version.Index], version.Item))));

    /// <summary>Models in any state.</summary>
    public static readonly Gen<FolderModel> Any = Gen.Select(s_plugin.Array[s_names.Length], s_disk, s_some.Null(), s_some, Gen.Shuffle(s_folders, 0, 2),
        (plugins, disk, list, refreshed, away) =>
        {
            var model = plugins.Index().Aggregate(FolderModel.Empty, (model, plugin) => plugin.Item(model, s_names[plugin.Index]));
            model = list is null ? model : model.List(list);
            return disk(model) with { Refreshed = [.. refreshed.Take(1).Select(name => new PluginReference(name))], Away = [.. away.OfType<string>()] };
        });

    /// <summary>Some of the plugins.</summary>
    public static readonly Gen<PluginReference[]> Some = s_some.Select(names => names.Select(name => new PluginReference(name)).ToArray());

    /// <summary>An outcome for each plugin.</summary>
    public static readonly Gen<Func<PluginReference, LoadOutcome>> Outcomes = Gen.Enum<LoadOutcome>().Array[s_names.Length].Select(outcomes =>
        new Func<PluginReference, LoadOutcome>(reference => outcomes[Array.IndexOf(s_names, reference.Name)]));

    /// <summary>The same model with everything in another order.</summary>
    public static Gen<FolderModel> Shuffled(FolderModel model) => Gen.Select(
        Gen.Shuffle(model.Places.ToArray()), Gen.Shuffle(model.Loaded.ToArray()), Gen.Shuffle(model.Failures.ToArray()),
        (places, loaded, failures) => model with { Places = [.. places], Loaded = [.. loaded], Failures = [.. failures] });
}
